// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { campaignsQuery, sessionQuery } from "./api";
import { CampaignsView } from "./CampaignsView";

const route = getRouteApi("/shell/campaigns");

export function CampaignsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const list = useInfiniteQuery(campaignsQuery(search));
  return (
    <CampaignsView
      search={search}
      onSearch={(next, typed) => navigate({ search: next, replace: typed })}
      session={session}
      campaigns={list.data?.pages.flatMap((page) => page.items)}
      error={list.error ?? undefined}
      updatedAt={list.dataUpdatedAt}
      onRetry={() => list.refetch()}
      onMore={list.hasNextPage ? () => list.fetchNextPage() : undefined}
      loadingMore={list.isFetchingNextPage}
    />
  );
}
