// SPDX-License-Identifier: Apache-2.0
import { load, save } from "./storage";

export interface Visit {
  kind: "service" | "team" | "symbol";
  /** Of a symbol: repository/full.name. */
  key: string;
  detail: string;
}

const KEY = "mdash.recent";
const KEPT = 8;

/** The list with the visit in front, without its earlier place, at most eight long. */
export function withVisit(visits: Visit[], visit: Visit): Visit[] {
  const others = visits.filter((v) => v.kind !== visit.kind || v.key !== visit.key);
  return [visit, ...others].slice(0, KEPT);
}

export function recentVisits(): Visit[] {
  const stored = load(KEY);
  if (!Array.isArray(stored)) {
    return [];
  }
  return stored.filter(
    (v): v is Visit =>
      (v?.kind === "service" || v?.kind === "team" || v?.kind === "symbol") &&
      typeof v.key === "string" &&
      typeof v.detail === "string",
  );
}

export function rememberVisit(visit: Visit): void {
  save(KEY, withVisit(recentVisits(), visit));
}
