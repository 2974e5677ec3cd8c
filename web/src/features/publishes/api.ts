// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { keys } from "@/api/keys";

export interface FailuresSearch {
  service?: string | undefined;
  repository?: string | undefined;
  resolved?: true | undefined;
}

export function failuresQuery({ service, repository, resolved }: FailuresSearch) {
  return infiniteQueryOptions({
    queryKey: keys.failureList(service ?? "", repository ?? "", resolved ?? false),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/failed-publishes", {
        query: {
          ...(service ? { service } : {}),
          ...(repository ? { repository } : {}),
          ...(resolved ? { resolved: "1" } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
}

/** The proto repositories that there are, as their own screen keeps them. */
export const repositoriesQuery = queryOptions({
  queryKey: keys.apis,
  queryFn: ({ signal }) => call("GET /api/v1/apis", { signal }),
  staleTime: 30_000,
});

export const failureQuery = (id: number) =>
  queryOptions({
    queryKey: keys.failure(id),
    queryFn: ({ signal }) => call("GET /api/v1/failed-publishes/{id}", { path: { id }, signal }),
  });

export const heldQuery = queryOptions({
  queryKey: keys.held,
  queryFn: ({ signal }) => call("GET /api/v1/held-publishes", { signal }),
});

/** Who we are, as the frame around the screen keeps it. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call("GET /api/v1/session", { signal }),
  staleTime: 5 * 60_000,
});

export const approve = (publisher: string) =>
  call("POST /api/v1/held-publishes/{publisher}/approve", { path: { publisher } });

export const reject = (publisher: string) =>
  call("POST /api/v1/held-publishes/{publisher}/reject", { path: { publisher } });
