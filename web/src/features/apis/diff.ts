// SPDX-License-Identifier: Apache-2.0
// What of a diff is shown: breaking findings first, by package.
import type { ApiChange, ApiDiff, ApiDiffPackage, ApiFinding } from "@/api/generated";
import { matches } from "@/lib/text";
import { type Category, type DiffSearch, VERDICTS } from "./diffSearch";

export interface ShownPackage {
  name: string;
  /** Of the package, whatever is shown of it. */
  counts: ApiDiffPackage["counts"];
  findings: ApiFinding[];
  changes: ApiChange[];
  /** What did not come along and may be wanted. */
  findingsLeftOut: number;
  changesLeftOut: number;
}

export interface Shown {
  packages: ShownPackage[];
  /** Packages that are not shown although what was left out of them might fit. */
  unsearched: number;
}

const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null).join(" ");

function findingFits(finding: ApiFinding, { category, verdict, q = "" }: DiffSearch): boolean {
  if (verdict && finding.verdict !== verdict) {
    return false;
  }
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

function changeFits(change: ApiChange, { category, q = "", verdict, quiet }: DiffSearch): boolean {
  if (verdict || category || (quiet && change.onlyComment)) {
    return false;
  }
  const { fullName, path, before, after } = change;
  return q === "" || matches(joined(fullName, path, before, after), q);
}

/** How many findings of a verdict did not come along, or of all. */
function findingsMissing(each: ApiDiffPackage, verdict: DiffSearch["verdict"]): number {
  if (!verdict) {
    return each.findingsLeftOut;
  }
  const given = each.findings.filter((finding) => finding.verdict === verdict).length;
  return Math.max(0, each.counts[verdict] - given);
}

function shownOf(each: ApiDiffPackage, search: DiffSearch): ShownPackage {
  return {
    name: each.package,
    counts: each.counts,
    findings: each.findings.filter((finding) => findingFits(finding, search)),
    changes: each.changes.filter((change) => changeFits(change, search)),
    findingsLeftOut: findingsMissing(each, search.verdict),
    changesLeftOut: search.verdict || search.category ? 0 : each.changesLeftOut,
  };
}

/** Packages with something left to show, or to load, those that break in front. */
export function shownPackages(diff: ApiDiff, search: DiffSearch): Shown {
  const { category, q = "" } = search;
  const some: ShownPackage[] = [];
  let unsearched = 0;
  for (const each of diff.packages) {
    const shown = shownOf(each, search);
    const more = shown.findingsLeftOut + shown.changesLeftOut > 0;
    // Of what did not come along nobody knows its category, or what is in it.
    const named = !category && (q === "" || matches(each.package, q));
    if (shown.findings.length + shown.changes.length > 0 || (more && named)) {
      some.push(shown);
    } else if (more) {
      unsearched += 1;
    }
  }
  const breaks = ({ counts }: ShownPackage) => (counts.breaking > 0 ? 0 : 1);
  return { packages: some.sort((a, b) => breaks(a) - breaks(b)), unsearched };
}

/** The diff with packages that were asked for one by one in their places. */
export function withPackages(diff: ApiDiff, whole: readonly ApiDiffPackage[]): ApiDiff {
  const known = new Map(whole.map((each) => [each.package, each]));
  return known.size === 0
    ? diff
    : { ...diff, packages: diff.packages.map((each) => known.get(each.package) ?? each) };
}

export function isFiltered({ category, q, verdict, quiet }: DiffSearch): boolean {
  return Boolean(category || q || verdict || quiet);
}

/** How many findings each category has, of those that came along. */
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

export const someLeftOut = (diff: ApiDiff) =>
  diff.packages.some((each) => each.findingsLeftOut > 0);

/** The verdicts that there are, those that break first. */
export const verdictsOf = (counts: ApiDiff["counts"] | ApiDiffPackage["counts"]) =>
  VERDICTS.filter((verdict) => counts[verdict] > 0);
