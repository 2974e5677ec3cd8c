// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { keys } from "@/api/keys";

const FOREVER = Number.POSITIVE_INFINITY;

/** The whole page in one request. A renamed service answers under its present id. */
export const serviceQuery = (id: string, at?: string) =>
  queryOptions({
    queryKey: keys.servicePage(id, at),
    queryFn: ({ signal }) =>
      call("GET /api/v1/services/{id}", { path: { id }, query: at ? { at } : {}, signal }),
    staleTime: at ? FOREVER : 30_000,
  });

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.versions(id),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/services/{id}/versions", {
        path: { id },
        query: pageParam ? { after: pageParam } : {},
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });

/** What a version says never changes, only which one is current: that is not read from here. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: keys.version(id, number),
    queryFn: ({ signal }) =>
      call("GET /api/v1/services/{id}/versions/{number}", { path: { id, number }, signal }),
    staleTime: FOREVER,
    placeholderData: keepPreviousData,
  });

export const diffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: keys.diff(id, from, to),
    queryFn: ({ signal }) =>
      call("GET /api/v1/services/{id}/diff", { path: { id }, query: { from, to }, signal }),
    staleTime: FOREVER,
    placeholderData: keepPreviousData,
  });

export const serviceGrpcQuery = (id: string) =>
  queryOptions({
    queryKey: keys.serviceGrpc(id),
    queryFn: ({ signal }) => call("GET /api/v1/services/{id}/grpc", { path: { id }, signal }),
    staleTime: 30_000,
  });

export const activityQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.activity(id),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/services/{id}/activity", {
        path: { id },
        query: pageParam ? { after: pageParam } : {},
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
