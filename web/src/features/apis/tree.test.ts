// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ApiItem } from "@/api/generated";
import {
  aboveOf,
  type Contents,
  filtered,
  labelOf,
  packageTree,
  parentRow,
  rowsOf,
  typedAhead,
} from "./tree";

const packages = (...names: string[]) =>
  names.map((name) => ({ name, services: 1, messages: 1, enums: 0, files: 1 }));
const nodes = packageTree(
  packages("acme.order.v1", "acme.payment.v1", "acme.payment.v1beta1", "google.protobuf"),
);
const item = (fullName: string, kind: ApiItem["kind"] = "message"): ApiItem => ({
  kind,
  name: fullName.slice(fullName.lastIndexOf(".") + 1),
  fullName,
  deprecated: false,
  summary: null,
  parts: 1,
});
const rows = (open: string[], contents: Contents = new Map(), query = "") =>
  rowsOf(filtered(nodes, query), { open: new Set(open), filtered: query !== "", contents });
const seen = (...args: Parameters<typeof rows>) =>
  rows(...args).map((row) => `${"  ".repeat(row.level - 1)}${labelOf(row) || row.kind}`);

describe("packages", () => {
  test("that only hold one other are one row with it", () => {
    expect(seen([])).toEqual(["acme", "google.protobuf"]);
    expect(seen(["acme"])).toEqual(["acme", "  order.v1", "  payment", "google.protobuf"]);
  });

  test("that hold others and symbols keep a row of their own", () => {
    const tree = packageTree(packages("acme", "acme.v1"));
    expect(tree.map((node) => [node.label, node.children.length])).toEqual([["acme", 1]]);
  });

  test("without a name have a row beside the others, and hold none of them", () => {
    const tree = packageTree(packages("", "acme"));
    expect(tree.map((node) => [node.name, node.children.length])).toEqual([
      ["", 0],
      ["acme", 0],
    ]);
    const contents: Contents = new Map([["", [item("Bare")]]]);
    const shown = { open: new Set([""]), filtered: false, contents };
    expect(rowsOf(tree, shown).map(labelOf)).toEqual(["", "Bare", "acme"]);
  });

  test("an open one says that its symbols are on their way, or did not come", () => {
    expect(seen(["google.protobuf"])).toEqual(["acme", "google.protobuf", "  loading"]);
    const failed: Contents = new Map([["google.protobuf", "failed"]]);
    expect(seen(["google.protobuf"], failed)).toEqual(["acme", "google.protobuf", "  failed"]);
  });

  test("and then has them", () => {
    const contents: Contents = new Map([["google.protobuf", [item("google.protobuf.Any")]]]);
    expect(seen(["google.protobuf"], contents)).toEqual(["acme", "google.protobuf", "  Any"]);
  });
});

test("each row knows its place among its brothers", () => {
  const contents: Contents = new Map([
    ["acme.payment.v1", [item("acme.payment.v1.Pay", "service"), item("acme.payment.v1.Card")]],
  ]);
  const found = rows(["acme", "acme.payment", "acme.payment.v1"], contents);
  expect(found.map((row) => [labelOf(row), row.level, row.place, row.of, row.open])).toEqual([
    ["acme", 1, 1, 2, true],
    ["order.v1", 2, 1, 2, false],
    ["payment", 2, 2, 2, true],
    ["v1", 3, 1, 2, true],
    ["Pay", 4, 1, 2, undefined],
    ["Card", 4, 2, 2, undefined],
    ["v1beta1", 3, 2, 2, false],
    ["google.protobuf", 1, 2, 2, false],
  ]);
});

describe("a filter", () => {
  test("leaves what it names, and what that is in, open", () => {
    expect(seen([], new Map(), "beta")).toEqual(["acme", "  payment", "    v1beta1"]);
    expect(seen([], new Map(), "PAY v1")).toEqual(["acme", "  payment", "    v1", "    v1beta1"]);
    expect(seen([], new Map(), "nothing")).toEqual([]);
  });

  test("asks for no symbols that nobody opened", () => {
    expect(rows([], new Map(), "protobuf").map((row) => row.kind)).toEqual(["package"]);
  });
});

test("keys find the row above and the row that begins so", () => {
  const found = rows(["acme", "acme.payment"]);
  expect(labelOf(found[parentRow(found, 3)] as never)).toBe("payment");
  expect(parentRow(found, 0)).toBe(0);
  expect(labelOf(found[typedAhead(found, 0, "G")] as never)).toBe("google.protobuf");
  expect(typedAhead(found, 2, "zzz")).toBe(2);
});

test("everything above a package", () => {
  expect(aboveOf("a.b.c")).toEqual(["a.b.c", "a.b", "a"]);
  expect(aboveOf("")).toEqual([""]);
});

test("a thousand packages take no time", () => {
  const many = packages(
    ...Array.from({ length: 3_000 }, (_, i) => `google.cloud.area${i % 300}.v${i}`),
  );
  const begun = performance.now();
  const tree = packageTree(many);
  const shown = { open: new Set<string>(), filtered: true, contents: new Map() };
  expect(rowsOf(filtered(tree, "area2"), shown).length).toBeGreaterThan(1_000);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
