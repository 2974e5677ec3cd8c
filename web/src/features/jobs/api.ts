// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { Job } from "@/api/generated";
import { keys } from "@/api/keys";

export const STATES = [
  "ready",
  "running",
  "waiting",
  "done",
  "dead",
  "cancelled",
] as const satisfies readonly Job["state"][];

export interface JobsSearch {
  state?: Job["state"] | undefined;
}

/** No event tells of jobs: an open screen asks again. */
const EVERY_MS = 10_000;

export function jobsQuery({ state }: JobsSearch) {
  return infiniteQueryOptions({
    queryKey: keys.jobList(state ?? ""),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/jobs", {
        query: { ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    refetchInterval: EVERY_MS,
  });
}

export const schedulesQuery = queryOptions({
  queryKey: keys.schedules,
  queryFn: ({ signal }) => call("GET /api/v1/schedules", { signal }),
  refetchInterval: EVERY_MS,
});

/** Who we are, as the frame around the screen keeps it. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call("GET /api/v1/session", { signal }),
  staleTime: 5 * 60_000,
});

export const retry = (id: number) => call("POST /api/v1/jobs/{id}/retry", { path: { id } });

export const cancel = (id: number) => call("POST /api/v1/jobs/{id}/cancel", { path: { id } });

export const run = (schedule: string) =>
  call("POST /api/v1/schedules/{schedule}/run", { path: { schedule } });

export const pause = (schedule: string, paused: boolean) =>
  call("PATCH /api/v1/schedules/{schedule}", { path: { schedule }, body: { paused } });
