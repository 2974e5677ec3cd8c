// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import { useI18n } from "@/i18n";
import { CountBadge } from "@/ui/Chip";
import { Segments } from "@/ui/Field";
import { CheckIcon } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { Banner, EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { serviceTodosQuery, sessionQuery } from "./api";
import { ItemSheet } from "./ItemSheet";
import { More } from "./MineView";
import { texts } from "./messages";
import { RowBones, TodoRows, useRowKeys } from "./TodoRows";
import { Trouble } from "./Trouble";
import { useChanges } from "./useChanges";

const route = getRouteApi("/shell/services/$id/todos");

/** What is asked of one service; of the present, whatever moment its page shows. */
export function ServiceTodos() {
  const { t } = useI18n(texts);
  const { id } = route.useParams();
  const { all, item, at } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const list = useInfiniteQuery(serviceTodosQuery(id, all ? "all" : "todo"));
  const todos = list.data?.pages.flatMap((page) => page.items);
  const changes = useChanges();
  useRowKeys();
  const retry = () => list.refetch();
  return (
    <>
      {at && <Banner>{t.todos.onlyNow}</Banner>}
      <Trouble changes={changes} />
      <Panel
        title={t.todos.ofService}
        flush
        aside={
          <>
            {todos && <CountBadge count={todos.length} more={list.hasNextPage} />}
            <Segments
              label={t.todos.state}
              value={all ? "all" : "todo"}
              options={[
                { value: "todo", label: t.todos.allToDo },
                { value: "all", label: t.todos.everyState },
              ]}
              onChange={(value) =>
                navigate({ search: (before) => ({ ...before, all: value === "all" || undefined }) })
              }
            />
          </>
        }
      >
        {list.isRefetchError && todos && <StaleNote since={list.dataUpdatedAt} onRetry={retry} />}
        {!todos && list.error && <ErrorPanel failure={describe(list.error, t)} onRetry={retry} />}
        {!todos && !list.error && <RowBones count={4} />}
        {todos?.length === 0 && (
          <EmptyState
            icon={CheckIcon}
            title={t.todos.nothingTitle}
            hint={t.todos.nothingOfService}
          />
        )}
        {todos && todos.length > 0 && (
          <TodoRows label={t.todos.ofService} todos={todos} without="service" />
        )}
        {list.hasNextPage && (
          <More onMore={() => list.fetchNextPage()} busy={list.isFetchingNextPage} />
        )}
      </Panel>
      {item !== undefined && (
        <ItemSheet
          id={item}
          session={session}
          changes={changes}
          onClose={() =>
            navigate({ search: (before) => ({ ...before, item: undefined }), resetScroll: false })
          }
        />
      )}
    </>
  );
}
