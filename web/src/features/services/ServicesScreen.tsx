// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useHotkeys } from "@/lib/hotkeys";
import { servicesQuery } from "./api";
import { queryOf, type ServicesSearch } from "./model";
import { ServicesView } from "./ServicesView";
import { useSteadyRows } from "./useSteadyRows";

const route = getRouteApi("/shell/services");

export function ServicesScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [held, setHeld] = useState(false);

  const list = useInfiniteQuery(servicesQuery(search));
  const fresh = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  // While the answer to another question is awaited, the old rows still stand
  // for the old question.
  const question = JSON.stringify(queryOf(search)) + (list.isPlaceholderData ? " (before)" : "");
  const steady = useSteadyRows(fresh, question, held);

  useHotkeys({ "/": () => field.current?.focus() });
  const { fetchNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (!isFetchingNextPage) {
      fetchNextPage();
    }
  }, [fetchNextPage, isFetchingNextPage]);
  const setSearch = (next: ServicesSearch, typed: boolean) =>
    navigate({ search: next, replace: typed });

  return (
    <ServicesView
      search={search}
      onSearch={setSearch}
      fieldRef={field}
      rows={steady.rows}
      facets={list.data?.pages[0]?.facets}
      loading={list.isPending}
      dimmed={list.isPlaceholderData}
      hasMore={list.hasNextPage}
      onEnd={more}
      error={list.error ?? undefined}
      updatedAt={list.dataUpdatedAt}
      onRetry={() => list.refetch()}
      waiting={steady.waiting}
      onShowWaiting={steady.show}
      onHold={setHeld}
    />
  );
}
