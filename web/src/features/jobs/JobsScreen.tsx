// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { jobsQuery, schedulesQuery, sessionQuery } from "./api";
import { JobsView } from "./JobsView";
import { useWishes } from "./wishes";

const route = getRouteApi("/shell/jobs");

export function JobsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const jobs = useInfiniteQuery(jobsQuery(search));
  const schedules = useQuery(schedulesQuery);
  const { data: session } = useQuery(sessionQuery);
  const wishes = useWishes();
  return (
    <JobsView
      search={search}
      onSearch={(next) => navigate({ search: next })}
      jobs={{
        items: jobs.data?.pages.flatMap((page) => page.items),
        error: jobs.error ?? undefined,
        updatedAt: jobs.dataUpdatedAt,
        onRetry: () => jobs.refetch(),
      }}
      onMore={jobs.hasNextPage ? () => jobs.fetchNextPage() : undefined}
      loadingMore={jobs.isFetchingNextPage}
      schedules={{
        items: schedules.data?.items,
        error: schedules.error ?? undefined,
        updatedAt: schedules.dataUpdatedAt,
        onRetry: () => schedules.refetch(),
      }}
      mayAsk={session?.role === "admin"}
      wishes={wishes}
    />
  );
}
