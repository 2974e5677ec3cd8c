// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Webhook } from "@/api/generated";
import { bodyOf, changeOf, linesOf, merged, missing, NEW, sinceOf, toneOf } from "./model";

test("a list has one entry a line, each once", () => {
  expect(linesOf(" todo.* \n\n service.created\ntodo.*")).toEqual(["todo.*", "service.created"]);
  expect(linesOf("platform team\n")).toEqual(["platform team"]);
});

test("what is sent is what was typed, without white space around it", () => {
  expect(bodyOf({ ...NEW, name: " a ", url: " https://a.example/ " })).toEqual({
    name: "a",
    url: "https://a.example/",
    types: ["todo.*"],
    teams: [],
    campaigns: [],
    ordered: false,
    format: "cloudevents",
  });
});

test("a change names only what differs", () => {
  expect(changeOf({ ...NEW, teams: "wallet\n", types: " todo.*" }, NEW)).toEqual({
    teams: ["wallet"],
  });
});

test("what two people wrote is put together, and the same field is mine", () => {
  const mine = { ...NEW, name: "mine", url: "mine" };
  expect(merged(mine, NEW, { ...NEW, name: "theirs", teams: "theirs" })).toEqual({
    ...mine,
    teams: "theirs",
  });
});

test("name, URL and types must be there", () => {
  expect(missing({ ...NEW, types: " \n" })).toEqual(["name", "url", "types"]);
  expect(missing({ ...NEW, name: "a", url: "b" })).toEqual([]);
});

test("a webhook that fails does not look well", () => {
  const of = (part: Partial<Webhook>) => toneOf(part as Webhook);
  expect(of({ state: "active" })).toBe("ok");
  expect(of({ state: "active", failingSince: "2026-11-24T00:00:00Z" })).toBe("warn");
  expect(of({ state: "disabled" })).toBe("bad");
  expect(of({ state: "paused" })).toBe("none");
});

test("a replay begins before now", () => {
  expect(sinceOf("day", Date.UTC(2026, 10, 24, 12))).toBe("2026-11-23T12:00:00.000Z");
});
