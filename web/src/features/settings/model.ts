// SPDX-License-Identifier: Apache-2.0
import type { Session, Token, TokenDraft } from "@/api/generated";
import { fieldFaults } from "@/api/problem";
import type { Messages } from "./messages";

export type Kind = Token["kind"];
export type Scope = NonNullable<TokenDraft["scopes"]>[number];

export const KINDS: readonly Kind[] = ["personal", "ci", "system"];
export const DAYS: readonly number[] = [7, 30, 90, 180, 365];

/** What a token of a kind may have, and what it has unless somebody says otherwise. */
export const SCOPES: Record<Kind, { allowed: readonly Scope[]; usual: readonly Scope[] }> = {
  personal: {
    allowed: [
      "catalog:read",
      "events:read",
      "ingest:validate",
      "ingest:write",
      "todos:read",
      "todos:write",
    ],
    usual: ["catalog:read", "events:read"],
  },
  ci: {
    allowed: ["catalog:read", "events:read", "ingest:validate", "ingest:write"],
    usual: ["ingest:write"],
  },
  system: {
    allowed: ["catalog:read", "events:read", "todos:read", "todos:write"],
    usual: ["events:read"],
  },
};

/** The form as it was filled in. */
export interface Draft {
  kind: Kind;
  name: string;
  /** "" = bound to none. */
  team: string;
  scopes: readonly Scope[];
  /** One glob a line. */
  services: string;
  days: number;
}

const MAX_SERVICES = 50;
const GLOB = /^[a-z0-9*-]{1,63}$/;

export const isAdmin = (session: Session) => session.role === "admin";

export function newDraft(session: Session): Draft {
  const kind = session.teams.length > 0 || isAdmin(session) ? "ci" : "personal";
  return {
    kind,
    name: "",
    team: session.teams.length === 1 ? (session.teams[0] ?? "") : "",
    scopes: SCOPES[kind].usual,
    services: "",
    days: 90,
  };
}

export const withKind = (draft: Draft, kind: Kind): Draft => ({
  ...draft,
  kind,
  scopes: SCOPES[kind].usual,
});

export const publishes = (scopes: readonly string[]) =>
  scopes.some((scope) => scope.startsWith("ingest:"));

export const globsOf = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** Only what concerns the kind: what was typed for another is not sent. */
export function bodyOf(draft: Draft): TokenDraft {
  const services = publishes(draft.scopes) ? globsOf(draft.services) : [];
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    ...(draft.kind === "ci" && draft.team ? { team: draft.team } : {}),
    scopes: [...draft.scopes],
    ...(services.length > 0 ? { services } : {}),
    days: draft.days,
  };
}

/** Whom the server would name if it were asked for such a token; empty = it may be made. */
export function whoCould(draft: Draft, session: Session, t: Messages): string[] {
  if (isAdmin(session)) {
    return [];
  }
  const admin = t.error.needs.role("admin");
  if (draft.kind === "system") {
    return [admin];
  }
  const teamless = session.teams.length === 0;
  const needsTeam =
    draft.kind === "ci" || (draft.kind === "personal" && draft.scopes.includes("ingest:write"));
  return teamless && needsTeam ? [t.tokens.draft.anyMember, admin] : [];
}

export type FieldName = "kind" | "name" | "team" | "scopes" | "services" | "days";
export type Faults = Partial<Record<FieldName, string>>;

/** What can be told without the server. */
export function draftFaults(draft: Draft, session: Session, t: Messages): Faults {
  const faults: Faults = {};
  if (draft.name.trim() === "") {
    faults.name = t.tokens.draft.nameMissing;
  }
  if (draft.kind === "ci" && draft.team === "" && !isAdmin(session)) {
    faults.team = t.tokens.draft.teamMissing;
  }
  if (draft.scopes.length === 0) {
    faults.scopes = t.tokens.draft.scopesMissing;
  }
  if (publishes(draft.scopes)) {
    const globs = globsOf(draft.services);
    const wrong = globs.find((glob) => !GLOB.test(glob));
    if (wrong !== undefined) {
      faults.services = t.tokens.draft.servicesWrong(wrong);
    } else if (globs.length > MAX_SERVICES) {
      faults.services = t.tokens.draft.servicesTooMany(MAX_SERVICES);
    }
  }
  return faults;
}

const FIELDS: readonly FieldName[] = ["kind", "name", "team", "scopes", "services", "days"];

/** What the server said about single fields. */
export function serverFaults(error: unknown): Faults {
  const found = fieldFaults(error);
  return Object.fromEntries(
    FIELDS.filter((name) => found[name]).map((name) => [name, found[name]]),
  );
}

/** Names as they are compared: what one cannot see makes no difference. */
const seen = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");

export const isNamed = (token: Token, typed: string) => seen(typed) === seen(token.name);

/** Tokens that were rotated: their successors are in the list. */
export function replaced(tokens: readonly Token[]): Set<number> {
  return new Set(tokens.flatMap((token) => token.rotatedFrom ?? []));
}

export const isOver = (token: Token) => token.state === "expired" || token.state === "revoked";
