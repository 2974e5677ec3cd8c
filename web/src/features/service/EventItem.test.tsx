// SPDX-License-Identifier: Apache-2.0
/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Event } from "@/api/generated";
import { inEnglish, renderPage, screen } from "@/testing/render";
import { EventItem, LOOK } from "./EventItem";
import { texts } from "./messages";
import { en } from "./messages/en";
import { ja } from "./messages/ja";

const t = inEnglish(texts);
const api: Event = {
  id: "9",
  type: "api.updated",
  time: "2026-11-26T00:00:00Z",
  kind: "api",
  subject: "acme-protos",
  sequence: 9,
  actor: "token:acme-protos#2",
  data: {},
};
const show = (part: Partial<Event>, brief = false) =>
  renderPage(<EventItem event={{ ...api, ...part }} brief={brief} />);
const hrefs = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));

test("a revision leads to what it changed", async () => {
  await show({ data: { version: 41 } });
  expect(hrefs()).toEqual(["/apis/acme-protos", "/apis/acme-protos/diff?to=41"]);
  expect(screen.getByText(t.activity.revision(41))).toBeTruthy();
});

test("one that breaks something to what that is, and to whom it hits", async () => {
  await show({
    type: "api.breaking",
    data: { version: 41, breaking: 2, services: ["till", "wallet", "cart"] },
  });
  expect(hrefs()).toEqual([
    "/apis/acme-protos",
    "/apis/acme-protos/diff?to=41&verdict=breaking",
    "/services/till",
    "/services/wallet",
    "/services/cart",
  ]);
  expect(screen.getByText(t.activity.breaking(2))).toBeTruthy();
});

test("with little room it names some of these, and how many more there are", async () => {
  await show({ type: "api.breaking", data: { version: 2, services: ["a", "b", "c", "d"] } }, true);
  expect(hrefs().slice(2)).toEqual(["/services/a", "/services/b"]);
  expect(screen.getByText(t.common.more(2), { exact: false })).toBeTruthy();
});

test("the first revision has none before it", async () => {
  await show({ data: { version: 1 } });
  expect(hrefs()).toEqual(["/apis/acme-protos", "/apis/acme-protos?revision=1"]);
});

test("a refused publish leads to its faults", async () => {
  await show({ type: "publish.failed", data: { faults: 3 } });
  const faults = "/publishes?repository=acme-protos&resolved=1";
  expect(hrefs()).toEqual(["/apis/acme-protos", faults]);
});

test("also of a spec", async () => {
  await show({ type: "publish.failed", kind: "service", subject: "till", data: { faults: 1 } });
  expect(hrefs()).toEqual(["/publishes?service=till&resolved=1"]);
});

test("a version of a spec leads to its difference", async () => {
  await show({ type: "service.updated", kind: "service", subject: "till", data: { version: 3 } });
  expect(hrefs()).toEqual(["/services/till/spec?v=3&view=diff"]);
});

const openapi = readFileSync("../doc/openapi.yaml", "utf8");
const listed = (member: string) =>
  (
    openapi.match(
      new RegExp(`^    Event:\n(?: {6}.*\n)*? {8}${member}: .*enum: \\[(.*?)\\]`, "m"),
    )?.[1] ?? ""
  )
    .split(/,\s*/)
    .filter(Boolean);

test("each type of events that the server knows has an icon and a text of its own", () => {
  const types = listed("type");
  expect(types).toContain("service.created");
  expect(types).toContain("campaign.rule_quarantined");
  expect(Object.keys(LOOK).sort()).toEqual([...types].sort());
  for (const { type, other } of [en.activity, ja.activity]) {
    expect(Object.keys(type).sort()).toEqual([...types].sort());
    const words = Object.values(type).map((text) => text.trim());
    expect(words).not.toContain("");
    expect(words).not.toContain(other);
    expect(new Set(words).size).toBe(types.length);
  }
});

const NAMED: Partial<Record<Event["kind"], [Partial<Event>, string, string]>> = {
  service: [{ data: { version: 3 } }, "/services/9/spec?v=3&view=diff", t.activity.version(3)],
  api: [{}, "/apis/9", "9"],
  webhook: [{ data: { name: "chat" } }, "/settings/webhooks?webhook=9", "chat"],
  team: [{}, "/teams/9", "9"],
  todo: [{ data: { campaign: "owners", version: 2 } }, "/todos/9", "owners"],
  campaign: [{ data: { version: 2 } }, "/campaigns/9", "9"],
};

test.each(listed("kind"))("an event of kind %s leads to nothing but its subject", async (kind) => {
  const named = NAMED[kind as Event["kind"]];
  await show({ kind: kind as Event["kind"], subject: "9", ...named?.[0] });
  if (named) {
    expect(hrefs()).toEqual([named[1]]);
    expect(screen.getByRole("link").textContent).toBe(named[2]);
  } else {
    expect(kind).toBe("publisher");
    expect(screen.queryAllByRole("link")).toEqual([]);
  }
});
