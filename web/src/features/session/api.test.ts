// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { ApiError, OfflineError } from "@/api/problem";
import { en } from "@/i18n/en";
import { signInFault } from "./api";

const refused = (status: number, retryAfter?: number) =>
  new ApiError({ type: "about:blank", title: "Title", status, instance: "" }, retryAfter);

test.each([
  ["a wrong name or password", refused(401), en.signIn.wrong],
  ["one that cannot be right", refused(422), en.signIn.wrong],
  ["too many tries", refused(429, 42), en.signIn.tooMany(42)],
  ["too many tries, nobody knows how long", refused(429), en.signIn.tooMany(60)],
  ["a server in trouble", refused(503), en.error.unavailable],
  ["no answer", new OfflineError(undefined), en.error.offline],
])("%s", (_what, error, words) => expect(signInFault(error, en)).toBe(words));
