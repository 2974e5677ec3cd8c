// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { DependencyGraph, DependencyTeams, ListDependenciesQuery } from "@/api/generated";
import { keys } from "@/api/keys";
import { type DependenciesSearch, directionOf, hopsOf } from "./model";

const STALE = 30_000;
const PAGE = 100;

const around = (search: DependenciesSearch) => ({
  center: search.center ?? "",
  hops: hopsOf(search),
  direction: directionOf(search),
});

export const aroundQuery = (search: DependenciesSearch) => {
  const query = around(search);
  return queryOptions({
    queryKey: keys.dependency("around", query),
    queryFn: async ({ signal }) =>
      (await call("GET /api/v1/dependencies", { query, signal })) as DependencyGraph,
    staleTime: STALE,
  });
};

export const rollUpQuery = queryOptions({
  queryKey: keys.dependency("teams"),
  queryFn: async ({ signal }) =>
    (await call("GET /api/v1/dependencies", {
      query: { by: "team" },
      signal,
    })) as DependencyTeams,
  staleTime: STALE,
});

export const reportQuery = queryOptions({
  queryKey: keys.dependency("report"),
  queryFn: ({ signal }) => call("GET /api/v1/dependencies/report", { signal }),
  staleTime: STALE,
});

export const servicesLikeQuery = (q: string) =>
  queryOptions({
    queryKey: [...keys.search(q), "service"],
    queryFn: ({ signal }) =>
      call("GET /api/v1/search", { query: { q, kind: "service", limit: 10 }, signal }),
    placeholderData: keepPreviousData,
    enabled: q !== "",
  });

/** Every edge, page by page. */
function edgesQuery(query: ListDependenciesQuery) {
  return infiniteQueryOptions({
    queryKey: keys.dependency("edges", query),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/dependencies/edges", {
        query: { ...query, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    staleTime: STALE,
  });
}

export const edgesAroundQuery = (search: DependenciesSearch) => edgesQuery(around(search));

export const pairsQuery = (fromTeam: string, toTeam: string) => edgesQuery({ fromTeam, toTeam });
