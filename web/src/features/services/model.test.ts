// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ServiceItem } from "@/api/generated";
import {
  addTag,
  choose,
  chooseTombstoned,
  cleared,
  compareRows,
  filtersOf,
  isFiltered,
  queryOf,
  readSearch,
  removeTag,
} from "./model";

describe("readSearch", () => {
  test("takes what makes sense and leaves the rest out", () => {
    const raw = {
      q: "決済",
      tag: ["go", "go"],
      lifecycle: "alive",
      tier: "9",
      tombstoned: "1",
      sort: "updated",
      at: "yesterday",
      other: "x",
    };
    expect(readSearch(raw)).toEqual({
      q: "決済",
      team: undefined,
      corp: undefined,
      tag: ["go"],
      lifecycle: undefined,
      tier: undefined,
      tombstoned: true,
      sort: "updated",
      at: undefined,
    });
  });

  test("reads what it has read", () => {
    const once = readSearch({ q: "a", tag: "go", tier: "2", tombstoned: "1", sort: "team" });
    expect(readSearch({ ...once })).toEqual(once);
  });

  test("the usual order is not in the address", () => {
    expect(readSearch({ sort: "name" }).sort).toBeUndefined();
  });

  test("ten tags at most", () => {
    const tag = Array.from({ length: 12 }, (_, i) => `t${i}`);
    expect(readSearch({ tag }).tag).toHaveLength(10);
  });
});

describe("filters", () => {
  test("what is typed goes before what is chosen, tags come together", () => {
    const search = { q: "pay team:wallet tag:pci", team: "growth", tag: ["go", "pci"] };
    expect(filtersOf(search)).toMatchObject({
      words: "pay",
      team: "wallet",
      tags: ["go", "pci"],
    });
  });

  test("the question names only what filters", () => {
    expect(queryOf({})).toEqual({});
    expect(queryOf({ q: "tier:1 pay", tag: ["go"], tombstoned: true, sort: "team" })).toEqual({
      q: "pay",
      tier: 1,
      tag: ["go"],
      tombstoned: "1",
      sort: "team",
    });
  });

  test.each([
    [{}, false],
    [{ sort: "team" as const, at: "2026-11-20T05:00:00Z" }, false],
    [{ q: "team:" }, false],
    [{ q: "x" }, true],
    [{ q: "is:deleted" }, true],
    [{ tier: 2 }, true],
  ])("%j filters: %s", (search, filtered) => expect(isFiltered(filtersOf(search))).toBe(filtered));
});

describe("choosing", () => {
  test("leaves no other opinion in the text", () => {
    expect(choose({ q: "pay team:growth" }, "team", "wallet")).toEqual({
      q: "pay",
      team: "wallet",
    });
    expect(choose({ q: "team:growth" }, "team", undefined)).toEqual({
      q: undefined,
      team: undefined,
    });
  });

  test("deleted services takes the place of a lifecycle", () => {
    expect(chooseTombstoned({ q: "lifecycle:retired", lifecycle: "production" })).toEqual({
      q: undefined,
      lifecycle: undefined,
      tombstoned: true,
    });
  });

  test("a tag comes once, and goes from the text, too", () => {
    expect(addTag({ tag: ["go"] }, "go").tag).toEqual(["go"]);
    expect(removeTag({ q: "x tag:go", tag: ["go", "pci"] }, "go")).toEqual({
      q: "x",
      tag: ["pci"],
    });
    expect(removeTag({ tag: ["go"] }, "go").tag).toBeUndefined();
  });

  test("nothing keeps order and moment", () => {
    const at = "2026-11-20T05:00:00Z";
    expect(cleared({ q: "x", tag: ["go"], tier: 1, sort: "team", at })).toEqual({
      sort: "team",
      at,
    });
  });
});

describe("compareRows", () => {
  const row = (id: string, tier = 1) => ({ id, tier }) as ServiceItem;
  const rows = [row("a"), row("b"), row("c")];

  test.each([
    ["the same", [row("a"), row("b"), row("c")], true, 0],
    ["one changed in its place", [row("a"), row("b", 2), row("c")], true, 1],
    ["another order", [row("b"), row("a"), row("c")], false, 0],
    ["one more", [...rows, row("d")], false, 1],
    ["one gone, one new", [row("a"), row("b"), row("x")], false, 2],
    ["none", [], false, 3],
  ])("%s", (_what, fresh, sameOrder, updates) =>
    expect(compareRows(rows, fresh)).toEqual({ sameOrder, updates }),
  );
});
