// SPDX-License-Identifier: Apache-2.0
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "@/api/client";
import { keys } from "@/api/keys";
import { act, renderHook } from "@/testing/render";
import { followUnauthorized, setSessionEnded, useSessionEnded } from "./unauthorized";

const replace = vi.fn();
let client: QueryClient;

beforeEach(() => {
  replace.mockReset();
  client = new QueryClient();
  followUnauthorized(client, { history: { replace } });
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
});
afterEach(() => {
  act(() => setSessionEnded(false));
  history.replaceState(null, "", "/");
});

const refused = () =>
  act(async () => {
    await call("GET /api/v1/tokens").catch(() => undefined);
  });

test("whoever has just come goes to the door, and from there to where it was", async () => {
  history.replaceState(null, "", "/services?q=pay&tag=go");
  await refused();
  expect(replace).toHaveBeenCalledWith("/sign-in?returnTo=%2Fservices%3Fq%3Dpay%26tag%3Dgo");
});

test("a page in use stays, and asks", async () => {
  client.setQueryData(keys.session, { name: "saki" });
  const { result } = renderHook(() => useSessionEnded());
  expect(result.current).toBe(false);
  await refused();
  expect(result.current).toBe(true);
  expect(replace).not.toHaveBeenCalled();
});

test("what it reads waits for an answer until somebody has signed in again", async () => {
  client.setQueryData(keys.session, { name: "saki" });
  const signal = new AbortController().signal;
  const answer = vi.fn();
  await act(async () => {
    void call("GET /api/v1/tokens", { signal }).then(answer, answer);
  });
  expect(answer).not.toHaveBeenCalled();
  vi.stubGlobal("fetch", async () => Response.json({ items: [] }));
  await act(async () => setSessionEnded(false));
  await vi.waitFor(() => expect(answer).toHaveBeenCalledWith({ items: [] }));
});

test("at the door nothing more happens", async () => {
  history.replaceState(null, "", "/sign-in?returnTo=/x");
  await refused();
  expect(replace).not.toHaveBeenCalled();
});
