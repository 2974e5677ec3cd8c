// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from "vitest";
import { recentVisits, rememberVisit, type Visit, withVisit } from "./recent";

const visit = (key: string, kind: Visit["kind"] = "service"): Visit => ({ kind, key, detail: key });
const keysOf = (visits: Visit[]) => visits.map((each) => each.key);

beforeEach(() => localStorage.clear());

test("the last one comes first, and once", () => {
  const visits = [visit("a"), visit("b"), visit("c")];
  expect(keysOf(withVisit(visits, visit("c")))).toEqual(["c", "a", "b"]);
});

test("a team and a service of one name are two", () => {
  expect(withVisit([visit("a", "team")], visit("a"))).toHaveLength(2);
});

test("eight are kept", () => {
  for (let i = 0; i < 12; i++) {
    rememberVisit(visit(`s${i}`));
  }
  expect(keysOf(recentVisits())).toEqual(["s11", "s10", "s9", "s8", "s7", "s6", "s5", "s4"]);
});

test("what is stored and makes no sense is left out", () => {
  localStorage.setItem("mdash.recent", JSON.stringify([visit("a"), { kind: "x" }, null, 3]));
  expect(keysOf(recentVisits())).toEqual(["a"]);
  localStorage.setItem("mdash.recent", "{broken");
  expect(recentVisits()).toEqual([]);
});
