// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { campaignsQuery, groupQuery, mineCountsQuery, sessionQuery } from "./api";
import { ItemSheet } from "./ItemSheet";
import { type GroupPart, MineView } from "./MineView";
import type { Group } from "./model";
import { useChanges } from "./useChanges";

const route = getRouteApi("/shell/todos");

export function MineScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const { data: campaigns } = useInfiniteQuery(campaignsQuery({ state: "running" }));
  const { data: counts } = useQuery({ ...mineCountsQuery, enabled: !search.team });
  const changes = useChanges();
  const groups = {
    overdue: useGroup("overdue"),
    week: useGroup("week"),
    later: useGroup("later"),
    done: useGroup("done", search.done ?? false),
  };
  return (
    <>
      <MineView
        search={search}
        onSearch={(next) => navigate({ search: next })}
        groups={groups}
        counts={search.team || search.campaign || search.state ? undefined : counts?.groups}
        session={session}
        campaigns={campaigns?.pages.flatMap((page) => page.items) ?? []}
        changes={changes}
      />
      {search.item !== undefined && (
        <ItemSheet
          id={search.item}
          session={session}
          changes={changes}
          onClose={() => navigate({ search: { ...search, item: undefined }, resetScroll: false })}
        />
      )}
    </>
  );
}

function useGroup(group: Group, enabled = true): GroupPart {
  const search = route.useSearch();
  const query = useInfiniteQuery({ ...groupQuery(search, group), enabled });
  return {
    todos: query.data?.pages.flatMap((page) => page.items),
    error: query.error ?? undefined,
    updatedAt: query.dataUpdatedAt,
    onRetry: () => query.refetch(),
    onMore: query.hasNextPage ? () => query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}
