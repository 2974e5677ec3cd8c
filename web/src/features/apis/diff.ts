// SPDX-License-Identifier: Apache-2.0
// What of a diff is shown: breaking findings first, by package.
import type { ApiChange, ApiDiff, ApiFinding } from "@/api/generated";
import { matches } from "@/lib/text";
import type { Category, DiffSearch } from "./diffSearch";

export interface ShownPackage {
  name: string;
  findings: ApiFinding[];
  changes: ApiChange[];
  changesLeftOut: number;
}

const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null).join(" ");

function findingFits(finding: ApiFinding, { category, q = "" }: DiffSearch): boolean {
  if (category && !finding.categories.includes(category)) {
    return false;
  }
  const { rule, path, fullName, detail, before, after, impact } = finding;
  const parties = impact.flatMap((each) => [each.service, each.team]);
  return (
    q === "" ||
    matches(joined(rule, path, finding.package, fullName, detail, before, after, ...parties), q)
  );
}

function changeFits(change: ApiChange, { category, q = "", breaking, quiet }: DiffSearch): boolean {
  if (breaking || category || (quiet && change.onlyComment)) {
    return false;
  }
  const { fullName, path, before, after } = change;
  return q === "" || matches(joined(fullName, path, before, after), q);
}

/** Packages with something left to show, those that break in front. */
export function shownPackages(diff: ApiDiff, search: DiffSearch): ShownPackage[] {
  const shown = diff.packages.map((each) => {
    const changes = each.changes.filter((change) => changeFits(change, search));
    return {
      name: each.package,
      findings: each.findings.filter((finding) => findingFits(finding, search)),
      changes,
      // Of changes that did not come along nobody knows whether they fit.
      changesLeftOut: search.breaking || search.category || search.q ? 0 : each.changesLeftOut,
    };
  });
  const some = shown.filter((each) => each.findings.length + each.changes.length > 0);
  const breaks = (each: ShownPackage) => (each.findings.length > 0 ? 0 : 1);
  return some.sort((a, b) => breaks(a) - breaks(b));
}

export function isFiltered({ category, q, breaking, quiet }: DiffSearch): boolean {
  return Boolean(category || q || breaking || quiet);
}

/** How many findings each category has, for the filter. */
export function categoryCounts(diff: ApiDiff): Record<Category, number> {
  const counts = { FILE: 0, PACKAGE: 0, WIRE_JSON: 0, WIRE: 0, MDASH: 0 };
  for (const each of diff.packages) {
    for (const finding of each.findings) {
      for (const category of finding.categories) {
        counts[category] += 1;
      }
    }
  }
  return counts;
}
