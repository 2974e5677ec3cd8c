// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { en } from "@/i18n/en";
import { describeLine, describe as inWords } from "./describe";
import type { Problem } from "./generated";
import { ApiError, OfflineError } from "./problem";

const refusal = (status: number, more: Partial<Problem> = {}) =>
  new ApiError({ type: "about:blank", title: "Title", status, instance: "6f2d", ...more });

test("no answer is called so, and is no fault of the server", () => {
  expect(inWords(new OfflineError(undefined), en)).toEqual({
    detail: en.error.offline,
    offline: true,
  });
});

test("a refusal says who could", () => {
  const needs = { role: "admin", team: "wallet", scope: "ingest:write" };
  const words = inWords(refusal(403, { detail: "no", needs }), en);
  expect(words.detail).toBe(en.error.forbidden);
  expect(words.needs).toEqual([
    en.error.needs.role("admin"),
    en.error.needs.team("wallet"),
    en.error.needs.scope("ingest:write"),
  ]);
});

test.each([429, 503])("%d is a passing trouble", (status) => {
  expect(inWords(refusal(status, { detail: "database" }), en).detail).toBe(en.error.unavailable);
});

test("other refusals keep the words of the server and the request id", () => {
  expect(inWords(refusal(409, { detail: "it has a successor" }), en)).toMatchObject({
    detail: "it has a successor",
    requestId: "6f2d",
  });
  expect(inWords(refusal(500), en).detail).toBe("Title");
});

test("a fault of ours is told, too", () => {
  expect(inWords(new TypeError("x is undefined"), en).detail).toBe("x is undefined");
  expect(inWords("odd", en).detail).toBe("odd");
});

test("in one line, who could stands behind", () => {
  const line = describeLine(refusal(403, { needs: { role: "admin" } }), en);
  expect(line).toBe(
    `${en.error.forbidden} ${en.error.needs.title}: ${en.error.needs.role("admin")}`,
  );
  expect(describeLine(refusal(409, { detail: "gone" }), en)).toBe("gone");
});
