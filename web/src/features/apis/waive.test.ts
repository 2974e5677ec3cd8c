// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiFinding } from "@/api/generated";
import { ApiError } from "@/api/problem";
import { inEnglish } from "@/testing/render";
import { texts } from "./messages";
import {
  bodyOf,
  dayAfter,
  endOf,
  newWaiver,
  serverFaults,
  subjectsOf,
  type WaiverForm,
  waiverFaults,
} from "./waive";

const t = inEnglish(texts);
// A moment of the day where the test runs: days are the reader's.
const NOW = new Date(2026, 10, 26, 23, 30).getTime();
const finding = {
  rule: "FIELD_SAME_TYPE",
  fullName: "acme.pay.v1.Pay.Row.id",
  package: "acme.pay.v1",
  path: "acme/pay.proto",
} as ApiFinding;
const filled: WaiverForm = { ...newWaiver(finding, NOW), reason: " agreed \n" };

test("a waiver begins with the finding, for a month", () => {
  expect(newWaiver(finding, NOW)).toEqual({
    rule: "FIELD_SAME_TYPE",
    subject: "acme.pay.v1.Pay.Row.id",
    reason: "",
    until: "2026-12-26",
  });
  expect(newWaiver({ ...finding, fullName: null }, NOW).subject).toBe("acme/pay.proto");
});

test("it may be for more than the finding", () => {
  expect(subjectsOf(finding)).toEqual([
    "acme.pay.v1.Pay.Row.id",
    "acme.pay.v1.Pay.Row",
    "acme.pay.v1.Pay",
    "acme.pay.v1",
    "acme/pay.proto",
  ]);
  expect(subjectsOf({ ...finding, fullName: "Bare.id", package: "" })).toEqual([
    "Bare.id",
    "Bare",
    "acme/pay.proto",
  ]);
});

test("a day lasts until its end where the reader is", () => {
  expect(endOf("2026-12-26")).toBe(new Date(2026, 11, 26, 23, 59, 59).toISOString());
  expect(endOf("")).toBeUndefined();
  expect(endOf("2026-13-40")).toBeUndefined();
  expect(dayAfter(NOW, 36)).toBe("2027-01-01");
});

test("what is sent is trimmed, and no rule is every rule", () => {
  expect(bodyOf({ ...filled, rule: "" })).toEqual({
    rule: null,
    subject: "acme.pay.v1.Pay.Row.id",
    reason: "agreed",
    until: endOf("2026-12-26"),
  });
});

test.each([
  [{}, {}],
  [{ reason: " \n" }, { reason: t.waive.missing }],
  [{ subject: "" }, { subject: t.waive.missing }],
  [{ until: "" }, { until: t.waive.wrongDay }],
  [{ until: "2026-11-26" }, { until: t.waive.wrongDay }],
  [{ until: "2026-11-27" }, {}],
  [{ until: "2027-11-26" }, {}],
  [{ until: "2027-11-27" }, { until: t.waive.wrongDay }],
])("%j has the faults %j", (part, faults) =>
  expect(waiverFaults({ ...filled, ...part }, NOW, t)).toEqual(faults),
);

test("the server's faults are those of fields", () => {
  const errors = [
    { pointer: "#/subject", code: "format", detail: "no such thing" },
    { pointer: "#/other", code: "format", detail: "unknown" },
  ];
  const error = new ApiError({ type: "", title: "", status: 422, instance: "", errors });
  expect(serverFaults(error)).toEqual({ subject: "no such thing" });
  expect(serverFaults(undefined)).toEqual({});
});
