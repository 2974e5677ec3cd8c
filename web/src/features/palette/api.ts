// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { keys } from "@/api/keys";

const HITS = 20;
const CAMPAIGNS = 5;

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => call("GET /api/v1/search", { query: { q, limit: HITS }, signal }),
    placeholderData: keepPreviousData,
    enabled: q !== "",
  });

/** Campaigns by words of their names, titles and teams. */
export const campaignHitsQuery = (q: string) =>
  queryOptions({
    queryKey: keys.campaignList("palette", q),
    queryFn: ({ signal }) =>
      call("GET /api/v1/campaigns", { query: { q, limit: CAMPAIGNS }, signal }),
    placeholderData: keepPreviousData,
    enabled: q !== "",
  });

/** Every tag in use, from the counts of the list. */
export const tagsQuery = queryOptions({
  queryKey: keys.serviceList("tags"),
  queryFn: async ({ signal }) => {
    const list = await call("GET /api/v1/services", { query: { limit: 1, facets: "1" }, signal });
    return list.facets?.tag ?? [];
  },
});

export const teamNamesQuery = queryOptions({
  queryKey: keys.teamList(),
  queryFn: ({ signal }) => call("GET /api/v1/teams", { signal }),
});
