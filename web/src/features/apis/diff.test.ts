// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ApiChange, ApiDiff, ApiDiffPackage, ApiFinding } from "@/api/generated";
import { categoryCounts, shownPackages, someLeftOut, verdictsOf, withPackages } from "./diff";
import { type DiffSearch, readDiffSearch } from "./diffSearch";

const finding = (rule: string, more: Partial<ApiFinding> = {}): ApiFinding => ({
  rule,
  categories: ["FILE"],
  path: "acme/payment.proto",
  line: 3,
  column: 1,
  package: "acme.b",
  fullName: null,
  detail: "",
  before: null,
  after: null,
  peers: ["wire"],
  fix: "",
  verdict: "breaking",
  waiver: null,
  impact: [],
  ...more,
});
const change = (fullName: string, more: Partial<ApiChange> = {}): ApiChange => ({
  how: "changed",
  kind: "field",
  fullName,
  path: "acme/a.proto",
  line: 1,
  before: null,
  after: null,
  onlyComment: false,
  ...more,
});
const none = { breaking: 0, waived: 0, allowed: 0, added: 0, removed: 0, changed: 0 };
const diff = {
  packages: [
    {
      package: "acme.a",
      counts: { ...none, changed: 9 },
      findings: [],
      findingsLeftOut: 0,
      changes: [change("acme.a.M.x"), change("acme.a.M.y", { onlyComment: true })],
      changesLeftOut: 7,
    },
    {
      package: "acme.b",
      counts: { ...none, breaking: 1, allowed: 1 },
      findingsLeftOut: 0,
      findings: [
        finding("FIELD_SAME_TYPE", {
          categories: ["FILE", "WIRE"],
          impact: [{ service: "acme-wallet", team: "wallet", role: "consumes", rpcs: [] }],
        }),
        finding("RPC_NO_DELETE", {
          categories: ["MDASH"],
          fullName: "acme.b.Pay.Charge",
          verdict: "allowed",
        }),
      ],
      changes: [],
      changesLeftOut: 0,
    },
  ],
} as unknown as ApiDiff;

const shown = (search: DiffSearch) =>
  shownPackages(diff, search).packages.map((each) => [
    each.name,
    each.findings.map((one) => one.rule),
    each.changes.map((one) => one.fullName),
    each.changesLeftOut,
  ]);

describe("what is shown", () => {
  test("begins with what breaks", () => {
    expect(shown({})).toEqual([
      ["acme.b", ["FIELD_SAME_TYPE", "RPC_NO_DELETE"], [], 0],
      ["acme.a", [], ["acme.a.M.x", "acme.a.M.y"], 7],
    ]);
  });

  test("of one category is findings alone", () => {
    expect(shown({ category: "WIRE" })).toEqual([["acme.b", ["FIELD_SAME_TYPE"], [], 0]]);
    expect(shown({ category: "PACKAGE" })).toEqual([]);
  });

  test.each([
    ["breaking", [["acme.b", ["FIELD_SAME_TYPE"], [], 0]]],
    ["allowed", [["acme.b", ["RPC_NO_DELETE"], [], 0]]],
    ["waived", []],
  ] as const)("of the verdict %s is findings alone", (verdict, packages) =>
    expect(shown({ verdict })).toEqual(packages),
  );

  test("is without comments, if asked for", () => {
    expect(shown({ quiet: true })[1]).toEqual(["acme.a", [], ["acme.a.M.x"], 7]);
  });

  test.each([
    ["wallet", ["FIELD_SAME_TYPE"]],
    ["charge", ["RPC_NO_DELETE"]],
    ["rpc pay", ["RPC_NO_DELETE"]],
  ])("holds the words %j, also of whom it hits", (q, rules) =>
    expect(shown({ q })).toEqual([["acme.b", rules, [], 0]]),
  );
});

describe("what was left out of a large diff", () => {
  const part = (name: string, more: Partial<ApiDiffPackage>): ApiDiffPackage => ({
    package: name,
    counts: { ...none, breaking: 3, allowed: 2 },
    findings: [finding("FIELD_SAME_TYPE")],
    findingsLeftOut: 4,
    changes: [],
    changesLeftOut: 9,
    ...more,
  });
  const large = {
    packages: [part("acme.large", {}), part("acme.calm", { counts: { ...none, allowed: 5 } })],
  } as unknown as ApiDiff;
  const left = (search: DiffSearch) => {
    const { packages, unsearched } = shownPackages(large, search);
    return [
      ...packages.map((each) => [each.name, each.findingsLeftOut, each.changesLeftOut]),
      unsearched,
    ];
  };

  test("is offered where it may fit", () => {
    expect(left({})).toEqual([["acme.large", 4, 9], ["acme.calm", 4, 9], 0]);
    expect(left({ verdict: "breaking" })).toEqual([["acme.large", 2, 0], ["acme.calm", 0, 0], 0]);
  });

  test("is said not to have been searched", () => {
    expect(left({ q: "same_type" })).toEqual([["acme.large", 4, 9], ["acme.calm", 4, 9], 0]);
    expect(left({ q: "large" })).toEqual([["acme.large", 4, 9], 1]);
    expect(left({ category: "WIRE" })).toEqual([2]);
  });

  test("takes its place when it has been loaded", () => {
    const whole = part("acme.large", { findingsLeftOut: 0, changesLeftOut: 0 });
    expect(someLeftOut(large)).toBe(true);
    const now = withPackages(large, [whole]);
    expect(now.packages.map((each) => each.findingsLeftOut)).toEqual([0, 4]);
    expect(withPackages(large, [])).toBe(large);
  });
});

test("verdicts that nothing has are not told", () => {
  expect(verdictsOf({ ...none, allowed: 2, breaking: 1 })).toEqual(["breaking", "allowed"]);
});

test("categories are counted", () => {
  expect(categoryCounts(diff)).toEqual({ FILE: 1, PACKAGE: 0, WIRE_JSON: 0, WIRE: 1, MDASH: 1 });
});

test("the address is read, and what makes no sense left out", () => {
  expect(
    readDiffSearch({
      from: "3",
      to: "x",
      category: "WIRE",
      q: "a",
      verdict: "waived",
      quiet: "no",
    }),
  ).toEqual({
    from: 3,
    to: undefined,
    category: "WIRE",
    q: "a",
    verdict: "waived",
    quiet: undefined,
  });
  expect(readDiffSearch({ breaking: "1" }).verdict).toBe("breaking");
  expect(readDiffSearch({ category: "EVERYTHING", from: "0" })).toMatchObject({
    category: undefined,
    from: undefined,
  });
});
