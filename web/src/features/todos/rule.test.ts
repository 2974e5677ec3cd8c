// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Fact } from "@/api/generated";
import { bytesLeftOut, conditions, lacks, shown, shownProof } from "./rule";

const fact = (key: string, value: unknown): Fact => ({
  key,
  known: value !== undefined,
  value: value ?? null,
  source: null,
  commit: null,
  since: null,
  expiresAt: null,
});
const facts = [
  fact("spec.contact", { slack: { generalChannelId: "C1" } }),
  fact("spec.tier", 3),
  fact("spec.lifecycle", "production"),
  fact("junit.total", undefined),
];

test("a rule is split where all of it must hold, and nowhere else", () => {
  expect(conditions('exists($.a.b) && ($.a.c == "x && y")')).toEqual([
    "exists($.a.b)",
    '$.a.c == "x && y"',
  ]);
  expect(conditions("exists($.a.b ? (@ > 1 && @ < 3))")).toEqual([
    "exists($.a.b ? (@ > 1 && @ < 3))",
  ]);
  expect(conditions("$.a.b == 1 || $.a.c == 2 && $.a.d == 3")).toHaveLength(1);
});

test.each([
  ["exists($.spec.contact.slack.generalChannelId)", []],
  [
    "exists($.spec.contact.slack.alertChannelId)",
    [{ kind: "absent", path: "spec.contact.slack.alertChannelId" }],
  ],
  ["exists($.junit.total)", [{ kind: "unknown", key: "junit.total" }]],
  ["$.junit.total > 0", [{ kind: "unknown", key: "junit.total" }]],
  ["exists($.coverage.lines)", [{ kind: "unknown", key: "coverage.lines" }]],
  ["$.spec.tier <= 2", [{ kind: "value", path: "spec.tier", value: 3, wanted: "<= 2" }]],
  ['$.spec.tier >= 2 && $.spec.lifecycle == "production"', []],
  ['$.spec.tier > "1"', [{ kind: "value", path: "spec.tier", value: 3, wanted: '> "1"' }]],
  ["$.spec.contact.email != null", [{ kind: "absent", path: "spec.contact.email" }]],
  ["!exists($.spec.contact.email)", []],
  ["!exists($.spec.tier)", [{ kind: "rule", text: "!exists($.spec.tier)" }]],
  [
    '$.spec.lifecycle like_regex "^p"',
    [{ kind: "rule", text: '$.spec.lifecycle like_regex "^p"' }],
  ],
])("%s lacks %j", (rule, expected) => expect(lacks(rule, facts)).toEqual(expected));

test("a value is on one line, texts without quotes", () => {
  expect([shown("a"), shown(3), shown({ a: [1] }), shown(null)]).toEqual([
    "a",
    "3",
    '{"a":[1]}',
    "null",
  ]);
});

test("what a proof left out for its size is said in words, also within a family", () => {
  const long = { leftOut: true, bytes: 72_012 };
  const words = (bytes: number) => `<${bytes}>`;
  expect(bytesLeftOut(long)).toBe(72_012);
  expect(shownProof(long, words)).toBe("<72012>");
  expect(shownProof({ spec: { contact: long, tags: [1], tier: 3 } }, words)).toBe(
    '{"spec":{"contact":<72012>,"tags":[1],"tier":3}}',
  );
});

test.each(["a", 3, null, { leftOut: true }, { leftOut: true, bytes: 1, more: 2 }, [{ a: 1 }]])(
  "%j is no such value",
  (value) => {
    expect(bytesLeftOut(value)).toBeUndefined();
    expect(shownProof(value, () => "?")).toBe(shown(value));
  },
);
