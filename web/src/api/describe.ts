// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@/i18n/ja";
import { ApiError, OfflineError } from "./problem";

/** A failed call in words, as ui/State shows it. */
export interface Described {
  detail: string;
  requestId?: string | undefined;
  offline?: boolean;
  needs?: readonly string[];
}

export function describe(error: unknown, t: Messages): Described {
  if (error instanceof OfflineError) {
    return { detail: t.error.offline, offline: true };
  }
  if (!(error instanceof ApiError)) {
    return { detail: error instanceof Error ? error.message : String(error) };
  }
  const { problem } = error;
  const { role, team, scope } = problem.needs ?? {};
  const needs = [
    role && t.error.needs.role(role),
    team && t.error.needs.team(team),
    scope && t.error.needs.scope(scope),
  ].filter((text): text is string => Boolean(text));
  const detail =
    problem.status === 403
      ? t.error.forbidden
      : problem.status === 503 || problem.status === 429
        ? t.error.unavailable
        : (problem.detail ?? problem.title);
  return { detail, requestId: problem.instance || undefined, needs };
}

/** One line, for a toast or beside a form. */
export function describeLine(error: unknown, t: Messages): string {
  const { detail, needs } = describe(error, t);
  return needs && needs.length > 0
    ? `${detail} ${t.error.needs.title}: ${needs.join(", ")}`
    : detail;
}
