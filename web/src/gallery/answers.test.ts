// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from "vitest";
import { call } from "@/api/client";
import { ApiError, OfflineError } from "@/api/problem";
import { type Answers, intercept, LOST, Refusal } from "./answers";

let restore = () => {};
afterEach(() => restore());

const during = (answers: Answers) => {
  restore = intercept(() => answers, []);
};
const service = (id: string) => call("GET /api/v1/services/{id}", { path: { id } });

test("a call gets the answer of its row, and no other", async () => {
  during({ "GET /api/v1/tokens": { items: [] }, "GET /api/v1/services/{id}": LOST });
  expect(await call("GET /api/v1/tokens")).toEqual({ items: [] });
  await expect(service("a.b")).rejects.toBeInstanceOf(OfflineError);
  await expect(call("GET /api/v1/services")).rejects.toMatchObject({ status: 404 });
});

test("a refusal is one", async () => {
  during({ "GET /api/v1/services/{id}": new Refusal(404, "Not Found", { nearest: ["b"] }) });
  const error = await service("a").catch((reason) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error.problem.nearest).toEqual(["b"]);
});

test("afterwards the server is asked again, and visits are as before", async () => {
  const real = vi.fn(async () => Response.json({ items: [] }));
  vi.stubGlobal("fetch", real);
  localStorage.setItem("mdash.recent", "[1]");
  during({});
  localStorage.setItem("mdash.recent", "[2]");
  restore();
  await call("GET /api/v1/tokens");
  expect(real).toHaveBeenCalledOnce();
  expect(localStorage.getItem("mdash.recent")).toBe("[1]");
});
