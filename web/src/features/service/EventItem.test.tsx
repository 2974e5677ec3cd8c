// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Event } from "@/api/generated";
import { inEnglish, renderPage, screen } from "@/testing/render";
import { EventItem } from "./EventItem";
import { texts } from "./messages";

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
