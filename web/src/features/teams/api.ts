// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { keys } from "@/api/keys";

const lasting = (at: string | undefined) => (at ? Number.POSITIVE_INFINITY : 30_000);

export const teamsQuery = (at?: string) =>
  queryOptions({
    queryKey: keys.teamList(at),
    queryFn: ({ signal }) => call("GET /api/v1/teams", { query: at ? { at } : {}, signal }),
    staleTime: lasting(at),
  });

export const teamQuery = (team: string, at?: string) =>
  queryOptions({
    queryKey: keys.teamPage(team, at),
    queryFn: ({ signal }) =>
      call("GET /api/v1/teams/{team}", { path: { team }, query: at ? { at } : {}, signal }),
    staleTime: lasting(at),
  });
