// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { ApiError, fieldFaults, isStatus, OfflineError } from "./problem";

const refusal = (pointers: string[]) =>
  new ApiError({
    type: "/problems/invalid-fields",
    title: "Some fields are not valid",
    status: 422,
    instance: "1",
    errors: pointers.map((pointer, i) => ({ pointer, code: "x", detail: `fault ${i}` })),
  });

test("faults are told by the field that they concern, the first of each", () => {
  expect(fieldFaults(refusal(["#/name", "#/services/3", "/days", "#/name"]))).toEqual({
    name: "fault 0",
    services: "fault 1",
    days: "fault 2",
  });
});

test("what is no refusal has none", () => {
  expect(fieldFaults(new OfflineError(undefined))).toEqual({});
  expect(fieldFaults(undefined)).toEqual({});
  expect(fieldFaults(refusal([]))).toEqual({});
});

test("a status is that of a refusal", () => {
  expect(isStatus(refusal([]), 422)).toBe(true);
  expect(isStatus(refusal([]), 404)).toBe(false);
  expect(isStatus(new OfflineError(undefined), 422)).toBe(false);
});
