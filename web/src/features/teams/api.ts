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

/** As many are counted; where there are more, the number says so. */
const COUNTED = 100;

/** What a team still has to do: how many are open, and how many of these are late. */
export const teamTodosQuery = (team: string) =>
  queryOptions({
    queryKey: keys.todoList("team", team),
    queryFn: async ({ signal }) => {
      const count = async (more: { due?: "overdue" }) => {
        const query = { team, limit: COUNTED, ...more };
        const { items, next } = await call("GET /api/v1/todos", { query, signal });
        return { count: items.length, more: next !== null };
      };
      const [open, overdue] = await Promise.all([count({}), count({ due: "overdue" })]);
      return { open, overdue };
    },
    staleTime: 30_000,
  });

export const teamQuery = (team: string, at?: string) =>
  queryOptions({
    queryKey: keys.teamPage(team, at),
    queryFn: ({ signal }) =>
      call("GET /api/v1/teams/{team}", { path: { team }, query: at ? { at } : {}, signal }),
    staleTime: lasting(at),
  });
