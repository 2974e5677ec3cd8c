// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useHotkeys } from "@/lib/hotkeys";
import { teamsQuery } from "./api";
import { TeamsView } from "./TeamsView";

const route = getRouteApi("/shell/teams");

export function TeamsScreen() {
  const { q, at } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const list = useQuery(teamsQuery(at));
  useHotkeys({ "/": () => field.current?.focus() });
  return (
    <TeamsView
      list={list.data}
      q={q ?? ""}
      at={at}
      error={list.error ?? undefined}
      updatedAt={list.dataUpdatedAt}
      onRetry={() => list.refetch()}
      onFilter={(text) =>
        navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })
      }
      onAt={(moment) => navigate({ search: (before) => ({ ...before, at: moment }) })}
      fieldRef={field}
    />
  );
}
