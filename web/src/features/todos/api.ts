// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type {
  CampaignChange,
  CampaignDraft,
  CampaignEnd,
  CampaignPreviewDraft,
  ListTodosQuery,
  TodoBulk,
  TodoChangeRequest,
} from "@/api/generated";
import { keys } from "@/api/keys";
import type { CampaignSearch, CampaignsSearch, Group, MineSearch } from "./model";

const PAGE = 50;
/** Rows of the matrix are many and small. */
const ROWS = 200;

export function todosQuery(query: ListTodosQuery, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: keys.todoList(query, limit),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/todos", {
        query: { ...query, limit, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: 15_000,
  });
}

/** One group of one's own items, or of those of a team. */
export function groupQuery({ team, campaign, state, snoozed }: MineSearch, group: Group) {
  return todosQuery({
    ...(team ? { team } : { mine: "1" }),
    ...(campaign ? { campaign } : {}),
    ...(group === "done" ? { state: "done" } : { due: group, state: state ?? "todo" }),
    ...(snoozed ? { snoozed: "1" } : {}),
  });
}

/** How many there are for me, for the side bar. */
export const mineCountsQuery = queryOptions({
  queryKey: keys.todoList("counts"),
  queryFn: ({ signal }) => call("GET /api/v1/todos", { query: { mine: "1", limit: 1 }, signal }),
  staleTime: 30_000,
});

export const campaignItemsQuery = (campaign: string, { state, team }: CampaignSearch) =>
  todosQuery({ campaign, state: state ?? "all", snoozed: "1", ...(team ? { team } : {}) });

export const serviceTodosQuery = (service: string, state: "todo" | "all") =>
  todosQuery({ service, state, snoozed: "1" });

export const todoQuery = (id: number) =>
  queryOptions({
    queryKey: keys.todo(id),
    queryFn: ({ signal }) => call("GET /api/v1/todos/{id}", { path: { id }, signal }),
  });

export const changeTodo = (id: number, version: number, body: TodoChangeRequest) =>
  call("PATCH /api/v1/todos/{id}", { path: { id }, version, body });

export const changeTodos = (items: TodoBulk["items"]) =>
  call("POST /api/v1/todos/bulk", { body: { items } });

export const commentTodo = (id: number, text: string) =>
  call("POST /api/v1/todos/{id}/comments", { path: { id }, body: { text } });

export const campaignsQuery = ({ state, q }: CampaignsSearch) =>
  infiniteQueryOptions({
    queryKey: keys.campaignList(state ?? "", q ?? ""),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/campaigns", {
        query: {
          ...(state ? { state } : {}),
          ...(q ? { q } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const campaignQuery = (campaign: string) =>
  queryOptions({
    queryKey: keys.campaign(campaign),
    queryFn: ({ signal }) =>
      call("GET /api/v1/campaigns/{campaign}", { path: { campaign }, signal }),
  });

export const matrixQuery = (campaign: string) =>
  infiniteQueryOptions({
    queryKey: keys.todoMatrix(campaign),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/todos/matrix", {
        query: { campaign, limit: ROWS, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });

export const createCampaign = (body: CampaignDraft) => call("POST /api/v1/campaigns", { body });

export const changeCampaign = (campaign: string, version: number, body: CampaignChange) =>
  call("PATCH /api/v1/campaigns/{campaign}", { path: { campaign }, version, body });

export const launchCampaign = (campaign: string, query: { dryRun?: "1"; at?: string }) =>
  call("POST /api/v1/campaigns/{campaign}/launch", { path: { campaign }, query });

export const approveCampaign = (campaign: string, version: number) =>
  call("POST /api/v1/campaigns/{campaign}/approve", { path: { campaign }, version });

export const endCampaign = (campaign: string, state: CampaignEnd["state"]) =>
  call("POST /api/v1/campaigns/{campaign}/end", { path: { campaign }, body: { state } });

/** What a launch would do; asked again only when the draft is another one. */
export const previewQuery = (
  body: CampaignPreviewDraft,
  of: string | undefined,
  at: string | undefined,
) =>
  queryOptions({
    queryKey: ["campaigns", "preview", body, of ?? "", at ?? ""],
    queryFn: ({ signal }) =>
      call("POST /api/v1/campaigns/preview", {
        body,
        query: { ...(of ? { campaign: of } : {}), ...(at ? { at } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const factKeysQuery = queryOptions({
  queryKey: keys.factKeys,
  queryFn: ({ signal }) => call("GET /api/v1/facts/keys", { signal }),
  staleTime: 60_000,
});

/** The choices of the service list: teams, companies, tags. */
export const facetsQuery = queryOptions({
  queryKey: [...keys.services, "facets"],
  queryFn: async ({ signal }) =>
    (await call("GET /api/v1/services", { query: { limit: 1, facets: "1" }, signal })).facets,
  staleTime: 60_000,
});

/** Who we are, as the frame around the screen keeps it. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call("GET /api/v1/session", { signal }),
  staleTime: 5 * 60_000,
});
