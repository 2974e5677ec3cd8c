// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ChangeHint } from "./generated";
import { affected, type Key, keys } from "./keys";

type Change = ChangeHint["changes"][number];

const change = (type: string, kind: string, subject: string): Change => ({ type, kind, subject });

/** Would reading this again be asked for? Keys match by their beginning, as queries do. */
const isAffected = (key: Key, changes: Change[]) =>
  affected(changes).some((prefix) => prefix.every((part, i) => part === key[i]));

describe("a change of a service", () => {
  const changes = [change("service.updated", "service", "acme-payment")];

  test.each([
    ["lists", keys.serviceList({ q: "pay" })],
    ["its page", keys.servicePage("acme-payment")],
    ["its versions", keys.versions("acme-payment")],
    ["its activity", keys.activity("acme-payment")],
    ["teams", keys.teamPage("wallet")],
    ["refused publishes", keys.failureList("", false)],
  ])("makes %s out of date", (_what, key) => expect(isAffected(key, changes)).toBe(true));

  test.each([
    ["another service", keys.servicePage("acme-wallet")],
    ["what was read of the past", keys.servicePage("acme-payment", "2026-11-20T05:00:00Z")],
    ["a past list", keys.serviceList({}, "2026-11-20T05:00:00Z")],
    ["a version, which never changes", keys.version("acme-payment", 3)],
    ["tokens", keys.tokens],
    ["the session", keys.session],
    ["held deletions", keys.held],
  ])("leaves %s alone", (_what, key) => expect(isAffected(key, changes)).toBe(false));
});

describe("a change of an API", () => {
  const changes = [change("api.updated", "api", "acme-protos")];

  test.each([
    ["the repositories", keys.apis],
    ["its packages", keys.api("acme-protos", undefined)],
    ["its symbols", keys.api("acme-protos", 3, "symbol", "acme.v1.Shop")],
    ["what services call", keys.serviceGrpc("acme-payment")],
    ["hits", keys.search("pay")],
    ["the sets refused before it", keys.failureList("", false)],
  ])("makes %s out of date", (_what, key) => expect(isAffected(key, changes)).toBe(true));

  test.each([
    ["another repository", keys.api("other-protos", undefined)],
    ["a difference, which never changes", keys.apiDiff("acme-protos", 1, 2)],
    ["services", keys.servicePage("acme-payment")],
  ])("leaves %s alone", (_what, key) => expect(isAffected(key, changes)).toBe(false));
});

test("a change of a service concerns who calls what", () => {
  const changes = [change("service.updated", "service", "acme-payment")];
  expect(isAffected(keys.api("acme-protos", undefined, "symbol", "a.B"), changes)).toBe(true);
  expect(isAffected(keys.serviceGrpc("acme-wallet"), changes)).toBe(true);
});

test("a held set concerns what waits for approval", () => {
  const changes = [change("publish.held", "publisher", "acme-specs")];
  expect(isAffected(keys.held, changes)).toBe(true);
  expect(isAffected(keys.services, changes)).toBe(false);
});

test("a change of an item or of a campaign concerns both, and no service", () => {
  for (const change of [
    { type: "todo.done", kind: "todo", subject: "12" },
    { type: "campaign.launched", kind: "campaign", subject: "alert-channel" },
  ]) {
    expect(isAffected(keys.todo(12), [change])).toBe(true);
    expect(isAffected(keys.todoList({ mine: "1" }), [change])).toBe(true);
    expect(isAffected(keys.campaign("alert-channel"), [change])).toBe(true);
    expect(isAffected(keys.services, [change])).toBe(false);
  }
});

test("a service that changes has other facts, which items show", () => {
  const changes = [change("service.updated", "service", "acme-payment")];
  expect(isAffected(keys.todo(12), changes)).toBe(true);
  expect(isAffected(keys.campaignList(), changes)).toBe(false);
});

test("each key is named once", () => {
  const changes = [1, 2, 3].map(() => change("service.updated", "service", "a"));
  const named = affected(changes).map((key) => JSON.stringify(key));
  expect(new Set(named).size).toBe(named.length);
});
