// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { readQuery, step } from "./model";

test.each([
  ["pay", "everything", "pay"],
  ["  pay me ", "everything", "pay me"],
  ["> theme", "commands", "theme"],
  ["＞テーマ", "commands", "テーマ"],
  ["#go", "tags", "go"],
  ["＃決済", "tags", "決済"],
  ["@wallet", "teams", "wallet"],
  ["＠", "teams", ""],
  ["a#b", "everything", "a#b"],
  ["", "everything", ""],
])("%j looks among %s for %j", (text, mode, query) =>
  expect(readQuery(text)).toEqual({ mode, query }),
);

test.each([
  [0, 1, 3, 1],
  [2, 1, 3, 0],
  [0, -1, 3, 2],
  [0, 1, 0, 0],
])("from %d by %d of %d: %d", (at, by, count, to) => expect(step(at, by, count)).toBe(to));
