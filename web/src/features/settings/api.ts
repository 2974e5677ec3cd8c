// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { TokenDraft } from "@/api/generated";
import { keys } from "@/api/keys";

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => call("GET /api/v1/tokens", { signal }),
});

/** Every team that there is: an admin may bind a token to any. */
export const teamsQuery = queryOptions({
  queryKey: keys.teamList(),
  queryFn: ({ signal }) => call("GET /api/v1/teams", { signal }),
});

export const createToken = (draft: TokenDraft) => call("POST /api/v1/tokens", { body: draft });

export const rotateToken = (id: number) =>
  call("POST /api/v1/tokens/{id}/rotate", { path: { id } });

export const revokeToken = (id: number) => call("DELETE /api/v1/tokens/{id}", { path: { id } });
