// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { ApiError, OfflineError } from "@/api/problem";
import { askAgain, worthRetrying } from "./queries";

const refused = (status: number) =>
  new ApiError({ type: "about:blank", title: "", status, instance: "" });

test.each([
  ["no answer", 0, new OfflineError(undefined), true],
  ["no answer, again", 1, new OfflineError(undefined), true],
  ["no answer, once too often", 2, new OfflineError(undefined), false],
  ["a server in trouble", 0, refused(503), true],
  ["a refusal, which stays one", 0, refused(404), false],
  ["too many requests: more make it worse", 0, refused(429), false],
])("%s", (_what, failures, error, worth) => expect(worthRetrying(failures, error)).toBe(worth));

test("only what got no answer is asked for again by and by", () => {
  const after = (error: Error | null) => askAgain({ state: { error } });
  expect(after(null)).toBe(false);
  expect(after(refused(404))).toBe(false);
  expect(after(refused(503))).toBeGreaterThan(0);
  expect(after(new OfflineError(undefined))).toBeGreaterThan(0);
});
