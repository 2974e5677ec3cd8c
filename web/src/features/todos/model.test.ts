// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Session, Todo, TodoCounts } from "@/api/generated";
import {
  dayAfter,
  dayAhead,
  differences,
  inverseOf,
  mayLead,
  percentOf,
  readCampaign,
  readMine,
  withChange,
} from "./model";

const todo = {
  id: 7,
  state: "open",
  byRule: true,
  overdue: true,
  assignee: null,
  reason: null,
  until: null,
  waitsFor: null,
  snoozedUntil: null,
  due: "2026-11-01",
  evidence: null,
  version: 3,
} as Todo;

test("an address that makes no sense is as if it were not there", () => {
  expect(readMine({ team: "a", state: "done", item: "x", snoozed: "1", done: "0" })).toEqual({
    team: "a",
    campaign: undefined,
    state: undefined,
    snoozed: true,
    done: undefined,
    item: undefined,
  });
  expect(readCampaign({ view: "matrix", state: "todo", item: "12" })).toMatchObject({
    view: "matrix",
    state: "todo",
    item: 12,
  });
});

test("a change is seen before the server has said so", () => {
  const seen = withChange(todo, { state: "not_applicable", reason: "gone", comment: "so" });
  expect(seen).toMatchObject({ state: "not_applicable", reason: "gone", overdue: false });
  expect(seen.byRule).toBe(false);
  expect(seen).not.toHaveProperty("comment");
  expect(withChange(todo, { assignee: "user:mia" })).toMatchObject({ overdue: true, byRule: true });
});

test("taking a change back asks for what was there, and for nothing that was not", () => {
  expect(inverseOf(todo, { assignee: "user:mia", comment: "so" })).toEqual({ assignee: null });
  expect(inverseOf(todo, { state: "not_applicable", reason: "gone" })).toEqual({ state: "open" });
  const exempt = { ...todo, state: "exempt", reason: "old", until: "2027-01-01" } as Todo;
  expect(inverseOf(exempt, { state: "open" })).toEqual({
    state: "exempt",
    reason: "old",
    until: "2027-01-01",
  });
});

test("what differs is named by its fields", () =>
  expect(differences(todo, { ...todo, state: "done", version: 4, assignee: "user:a" })).toEqual([
    "state",
    "assignee",
  ]));

test("what is not complete is never 100 per cent", () => {
  const counts = { open: 1, waiting: 0, inReview: 0, done: 999, notApplicable: 0, exempt: 0 };
  expect(percentOf({ ...counts, cancelled: 5, overdue: 0 })).toBe(99);
  expect(percentOf({ ...counts, open: 0 } as TodoCounts)).toBe(100);
  expect(percentOf({ ...counts, open: 0, done: 0 } as TodoCounts)).toBe(0);
});

test("a campaign is for its team and for admins", () => {
  const session = { role: "viewer", teams: ["platform"] } as Session;
  expect(mayLead(session, "platform")).toBe(true);
  expect(mayLead(session, "wallet")).toBe(false);
  expect(mayLead(session, null)).toBe(false);
  expect(mayLead({ ...session, role: "admin" }, null)).toBe(true);
  expect(mayLead(undefined, "platform")).toBe(false);
});

test("days are those of the reader's calendar", () =>
  expect(dayAfter(new Date(2026, 11, 31, 23, 0).getTime(), 1)).toBe("2027-01-01"));

test("a day to come is past neither here nor in UTC", () => {
  for (let hour = 0; hour < 24; hour++) {
    const now = Date.UTC(2026, 11, 31, hour);
    expect([dayAfter(now, 1), "2027-01-01"]).toContain(dayAhead(now, 1));
    expect(dayAhead(now, 1) >= "2027-01-01").toBe(true);
    expect(dayAhead(now, 1) >= dayAfter(now, 1)).toBe(true);
  }
});
