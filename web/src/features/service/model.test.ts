// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Version } from "@/api/generated";
import { byDay, fieldsOf, specFields, valueText, versionBefore } from "./model";

const version = (number: number, applied = true): Version => ({
  number,
  current: false,
  applied,
  receivedAt: "2026-11-25T00:00:00Z",
  principal: "user:saki",
  changed: [],
});

describe("specFields", () => {
  it("shows known keys in their usual order, then the others", () => {
    const fields = specFields({ onCall: "orders", tier: 1, serviceID: "shop", tags: ["a", "b"] });
    expect(fields.map((field) => field.path)).toEqual(["serviceID", "tier", "tags", "onCall"]);
  });

  it("names every leaf by its path", () => {
    const fields = specFields({
      contact: { slack: { alertChannelId: "C1" } },
      links: [{ url: "u" }],
    });
    expect(fields.map((field) => field.path)).toEqual([
      "contact.slack.alertChannelId",
      "links[0].url",
    ]);
  });
});

describe("fieldsOf", () => {
  it("keeps a list of plain values together", () => {
    expect(fieldsOf(["a", 1], "tags")).toEqual([{ path: "tags", value: ["a", 1] }]);
  });

  it("keeps an empty object as one field", () => {
    expect(fieldsOf({}, "grpc")).toEqual([{ path: "grpc", value: {} }]);
  });
});

describe("valueText", () => {
  it("has no text for what is empty", () => {
    expect([undefined, null, "", []].map(valueText)).toEqual(Array(4).fill(undefined));
  });

  it("shows false and 0: they are values", () => {
    expect([false, 0].map(valueText)).toEqual(["false", "0"]);
  });
});

describe("versionBefore", () => {
  it("skips a version that came too late to apply", () => {
    expect(versionBefore(4, [version(4), version(3, false), version(2)])).toBe(2);
  });

  it("is nothing for the first version", () => {
    expect(versionBefore(1, [version(1)])).toBe(0);
  });
});

describe("byDay", () => {
  it("begins a heading only where the day changes", () => {
    const event = (time: string) => ({ time }) as Parameters<typeof byDay>[0][number];
    const days = byDay([event("2026-11-25T2"), event("2026-11-25T1"), event("2026-11-24T9")], (e) =>
      e.time.slice(0, 10),
    );
    expect(days.map((each) => [each.day, each.items.length])).toEqual([
      ["2026-11-25", 2],
      ["2026-11-24", 1],
    ]);
  });
});
