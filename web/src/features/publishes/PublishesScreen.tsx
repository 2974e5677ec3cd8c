// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { failuresQuery, heldQuery, repositoriesQuery, sessionQuery } from "./api";
import { useDecisions } from "./decisions";
import { PublishesView } from "./PublishesView";

const route = getRouteApi("/shell/publishes");

export function PublishesScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const failures = useInfiniteQuery(failuresQuery(search));
  const held = useQuery(heldQuery);
  const { data: apis } = useQuery(repositoriesQuery);
  const { data: session } = useQuery(sessionQuery);
  const decisions = useDecisions();
  return (
    <PublishesView
      search={search}
      repositories={apis?.items.map((each) => each.name) ?? []}
      onSearch={(next) => navigate({ search: next })}
      failures={{
        items: failures.data?.pages.flatMap((page) => page.items),
        error: failures.error ?? undefined,
        updatedAt: failures.dataUpdatedAt,
        onRetry: () => failures.refetch(),
      }}
      onMore={failures.hasNextPage ? () => failures.fetchNextPage() : undefined}
      loadingMore={failures.isFetchingNextPage}
      held={{
        items: held.data?.items,
        error: held.error ?? undefined,
        updatedAt: held.dataUpdatedAt,
        onRetry: () => held.refetch(),
      }}
      mayDecide={session?.role === "admin"}
      decisions={decisions}
    />
  );
}
