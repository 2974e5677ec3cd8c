// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from "vitest";
import { address, call, onUnauthorized } from "./client";
import { ApiError, OfflineError } from "./problem";

const PROBLEM = {
  type: "/problems/not-found",
  title: "Not Found",
  status: 404,
  detail: "there is no such service",
  instance: "6f2d0c1b",
  nearest: ["acme-payment"],
};

function answer(body: unknown, init: ResponseInit = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = vi.fn(async (_input: string, _init: RequestInit) => new Response(text, init));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

const problem = (status: number, body: unknown = { ...PROBLEM, status }) =>
  answer(body, { status, headers: { "content-type": "application/problem+json; charset=utf-8" } });

/** What a call that must fail fails with. */
async function failure(running: Promise<unknown>): Promise<unknown> {
  try {
    await running;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

afterEach(() => onUnauthorized(() => {}));

describe("address", () => {
  test("fills the path in, escaped", () => {
    expect(address("GET /api/v1/teams/{team}", { path: { team: "a/b チーム?" } })).toBe(
      "/api/v1/teams/a%2Fb%20%E3%83%81%E3%83%BC%E3%83%A0%3F",
    );
  });

  test("appends what is given, empty or not, lists by repeating the name", () => {
    const query = { q: "決済&x", tag: ["a", "b"], limit: 0, team: "", at: undefined };
    expect(address("GET /api/v1/services", { query })).toBe(
      "/api/v1/services?q=%E6%B1%BA%E6%B8%88%26x&tag=a&tag=b&limit=0&team=",
    );
  });
});

describe("a call", () => {
  test("answers the parsed body", async () => {
    const fetch = answer({ items: [] });
    expect(await call("GET /api/v1/tokens")).toEqual({ items: [] });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("/api/v1/tokens");
    expect(init).toMatchObject({ method: "GET", credentials: "same-origin", body: null });
    expect(init?.headers).not.toHaveProperty("content-type");
  });

  test("sends a body as JSON", async () => {
    const fetch = answer({ returnTo: "/" });
    await call("POST /auth/login", { body: { username: "saki", password: "秘密" } });
    const init = fetch.mock.calls[0]?.[1];
    expect(init?.headers).toMatchObject({ "content-type": "application/json" });
    expect(JSON.parse(String(init?.body))).toEqual({ username: "saki", password: "秘密" });
  });

  test("without content answers nothing", async () => {
    vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
    expect(await call("POST /auth/logout")).toBeUndefined();
  });
});

describe("a refusal", () => {
  test("carries the problem document", async () => {
    problem(404);
    const error = await failure(call("GET /api/v1/services/{id}", { path: { id: "x" } }));
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).problem).toMatchObject(PROBLEM);
    expect((error as ApiError).message).toBe("there is no such service");
  });

  test("without one has the status and the request id", async () => {
    answer("<html>", { status: 502, statusText: "Bad Gateway", headers: { "x-request-id": "ab" } });
    const error = (await failure(call("GET /api/v1/tokens"))) as ApiError;
    expect(error.problem).toMatchObject({ status: 502, title: "Bad Gateway", instance: "ab" });
  });

  test("with a document that broke off is still a refusal", async () => {
    problem(503, '{"type": "/probl');
    expect(await failure(call("GET /api/v1/tokens"))).toMatchObject({ problem: { status: 503 } });
  });

  test("says when to come again", async () => {
    answer("", { status: 429, headers: { "retry-after": "7" } });
    expect(await failure(call("GET /api/v1/tokens"))).toMatchObject({ retryAfter: 7 });
    answer("", { status: 503, headers: { "retry-after": "Fri, 20 Nov 2026 05:00:00 GMT" } });
    expect(await failure(call("GET /api/v1/tokens"))).toMatchObject({ retryAfter: undefined });
  });
});

describe("who is not known any more", () => {
  test("is told to the page", async () => {
    const told = vi.fn();
    onUnauthorized(told);
    problem(401);
    await failure(call("GET /api/v1/tokens"));
    expect(told).toHaveBeenCalledOnce();
  });

  test("but a wrong password at the door is no end of a session", async () => {
    const told = vi.fn();
    onUnauthorized(told);
    problem(401);
    await failure(call("POST /auth/login", { body: { username: "a", password: "b" } }));
    expect(told).not.toHaveBeenCalled();
  });
});

describe("no answer", () => {
  test("is told from a refusal", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
    expect(await failure(call("GET /api/v1/tokens"))).toBeInstanceOf(OfflineError);
  });

  test("is also one that broke off", async () => {
    answer('{"items": [');
    expect(await failure(call("GET /api/v1/tokens"))).toBeInstanceOf(OfflineError);
  });

  test("after the asker lost interest is only that", async () => {
    const gone = new AbortController();
    gone.abort();
    const aborted = new DOMException("aborted", "AbortError");
    vi.stubGlobal("fetch", () => Promise.reject(aborted));
    expect(await failure(call("GET /api/v1/tokens", { signal: gone.signal }))).toBe(aborted);
  });
});
