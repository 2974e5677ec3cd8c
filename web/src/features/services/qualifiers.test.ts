// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { parseFilter, withoutKey } from "./qualifiers";

const plain = { words: "", tags: [], tombstoned: false };

describe("parseFilter", () => {
  test.each([
    ["", plain],
    ["pay 決済", { ...plain, words: "pay 決済" }],
    ["team:wallet", { ...plain, team: "wallet" }],
    ['team:"Payments Core" x', { ...plain, team: "Payments Core", words: "x" }],
    ['team:"not closed', { ...plain, team: "not closed" }],
    ["corp:NQ tag:go tag:pci", { ...plain, corp: "NQ", tags: ["go", "pci"] }],
    ["LIFECYCLE:Production", { ...plain, lifecycle: "production" }],
    ["tier:1", { ...plain, tier: 1 }],
    ["is:deleted", { ...plain, tombstoned: true }],
    ["team：決済チーム", { ...plain, team: "決済チーム" }],
  ])("%j", (text, filter) => expect(parseFilter(text)).toEqual(filter));

  test.each(["tier:9", "lifecycle:alive", "is:odd", "http://x", "note:x"])(
    "%j is no qualifier, but a word",
    (text) => expect(parseFilter(text)).toEqual({ ...plain, words: text }),
  );

  test.each(["team:", "tag:", 'corp:""', "is:"])("%j is still being typed", (text) =>
    expect(parseFilter(text)).toEqual(plain),
  );

  test("the last of several teams counts", () => {
    expect(parseFilter("team:a team:b").team).toBe("b");
  });
});

describe("withoutKey", () => {
  test("takes the qualifiers of one key away", () => {
    expect(withoutKey('pay team:"a b" tag:go team:c', "team")).toBe("pay tag:go");
  });

  test("or only one value of it", () => {
    expect(withoutKey("tag:go x tag:pci", "tag", "go")).toBe("x tag:pci");
  });
});
