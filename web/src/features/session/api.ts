// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { describe } from "@/api/describe";
import { keys } from "@/api/keys";
import { ApiError } from "@/api/problem";
import type { Messages } from "@/i18n/ja";

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call("GET /api/v1/session", { signal }),
  staleTime: 5 * 60_000,
});

export const signIn = (username: string, password: string, returnTo: string) =>
  call("POST /auth/login", { body: { username, password, returnTo } });

export const signOut = () => call("POST /auth/logout");

export const changePassword = (current: string, fresh: string) =>
  call("PUT /api/v1/session/password", { body: { current, new: fresh } });

const DEFAULT_WAIT_S = 60;

/** Why signing in failed, as the form says it. */
export function signInFault(error: unknown, t: Messages): string {
  if (error instanceof ApiError) {
    if (error.status === 401 || error.status === 422) {
      return t.signIn.wrong;
    }
    if (error.status === 429) {
      return t.signIn.tooMany(error.retryAfter ?? DEFAULT_WAIT_S);
    }
  }
  return describe(error, t).detail;
}
