// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from "vitest";
import { load, save } from "./storage";

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

test("a value comes back", () => {
  save("key", { a: [1, "二"] });
  expect(load("key")).toEqual({ a: [1, "二"] });
  expect(load("other")).toBeUndefined();
});

test("a closed storage is as an empty one", () => {
  const closed = () => {
    throw new DOMException("closed", "SecurityError");
  };
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(closed);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(closed);
  expect(() => save("key", 1)).not.toThrow();
  expect(load("key")).toBeUndefined();
});
