// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { call } from "@/api/client";
import { keys } from "@/api/keys";
import { queryOf, type ServicesSearch } from "./model";

const PAGE = 100;

/** The list page by page; the first one brings the counts of all choices. */
export function servicesQuery(search: ServicesSearch) {
  const query = queryOf(search);
  return infiniteQueryOptions({
    queryKey: keys.serviceList(query, search.at),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/services", {
        query: pageParam
          ? { ...query, limit: PAGE, after: pageParam }
          : { ...query, limit: PAGE, facets: "1" },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    staleTime: search.at ? Number.POSITIVE_INFINITY : 0,
  });
}
