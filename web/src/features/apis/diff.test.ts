// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ApiChange, ApiDiff, ApiFinding } from "@/api/generated";
import { categoryCounts, shownPackages } from "./diff";
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
const diff = {
  packages: [
    {
      package: "acme.a",
      findings: [],
      changes: [change("acme.a.M.x"), change("acme.a.M.y", { onlyComment: true })],
      changesLeftOut: 7,
    },
    {
      package: "acme.b",
      findings: [
        finding("FIELD_SAME_TYPE", {
          categories: ["FILE", "WIRE"],
          impact: [{ service: "acme-wallet", team: "wallet", role: "consumes", rpcs: [] }],
        }),
        finding("RPC_NO_DELETE", { categories: ["MDASH"], fullName: "acme.b.Pay.Charge" }),
      ],
      changes: [],
      changesLeftOut: 0,
    },
  ],
} as unknown as ApiDiff;

const shown = (search: DiffSearch) =>
  shownPackages(diff, search).map((each) => [
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

  test("is what breaks, if asked for", () => {
    expect(shown({ breaking: true }).map(([name]) => name)).toEqual(["acme.b"]);
  });

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

test("categories are counted", () => {
  expect(categoryCounts(diff)).toEqual({ FILE: 1, PACKAGE: 0, WIRE_JSON: 0, WIRE: 1, MDASH: 1 });
});

test("the address is read, and what makes no sense left out", () => {
  expect(
    readDiffSearch({ from: "3", to: "x", category: "WIRE", q: "a", breaking: "1", quiet: "no" }),
  ).toEqual({
    from: 3,
    to: undefined,
    category: "WIRE",
    q: "a",
    breaking: true,
    quiet: undefined,
  });
  expect(readDiffSearch({ category: "EVERYTHING", from: "0" })).toMatchObject({
    category: undefined,
    from: undefined,
  });
});
