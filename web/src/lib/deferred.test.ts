// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";
import { createDeferred } from "./deferred";

let committed: string[];
let deferred: ReturnType<typeof createDeferred>;

beforeEach(() => {
  vi.useFakeTimers();
  committed = [];
  deferred = createDeferred((text) => committed.push(text), 200);
});

test("what is typed is handed on after a pause, once", () => {
  deferred.typed("p");
  vi.advanceTimersByTime(150);
  deferred.typed("pa");
  vi.advanceTimersByTime(199);
  expect(committed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(committed).toEqual(["pa"]);
});

test("nothing is handed on in the middle of a composition", () => {
  deferred.typed("a");
  deferred.compositionStart();
  deferred.typed("aけ");
  deferred.typed("aけっさい");
  deferred.now("aけっさい");
  vi.advanceTimersByTime(5000);
  expect(committed).toEqual([]);
  deferred.compositionEnd("a決済");
  vi.advanceTimersByTime(200);
  expect(committed).toEqual(["a決済"]);
});

test("Enter does not wait, and what waited is dropped", () => {
  deferred.typed("pay");
  deferred.now("payment");
  vi.advanceTimersByTime(1000);
  expect(committed).toEqual(["payment"]);
});

test("after stop nothing comes any more", () => {
  deferred.typed("pay");
  deferred.stop();
  vi.advanceTimersByTime(1000);
  expect(committed).toEqual([]);
});
