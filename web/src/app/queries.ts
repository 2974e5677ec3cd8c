// SPDX-License-Identifier: Apache-2.0
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/problem";

const TRIES = 2;

/** What the server refused it refuses again; only a missing or broken answer is worth another try. */
export function worthRetrying(failures: number, error: unknown): boolean {
  const refused = error instanceof ApiError && error.status < 500;
  return failures < TRIES && !refused;
}

const AGAIN_MS = 15_000;

/** What got no answer is asked for again by and by: nobody has to, once the server is back. */
export function askAgain({ state }: { state: { error: Error | null } }): number | false {
  return state.error !== null && worthRetrying(0, state.error) ? AGAIN_MS : false;
}

export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The event stream says when something is out of date.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The server may be on this machine: never wait for the browser to call itself online.
        networkMode: "always",
        retry: worthRetrying,
        refetchInterval: askAgain,
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { networkMode: "always" },
    },
  });
}
