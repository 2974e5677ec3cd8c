// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { ApiFilePage, ApiPolicyDraft, ApiUseList, ApiWaiverDraft } from "@/api/generated";
import { keys } from "@/api/keys";
import { isStatus } from "@/api/problem";
import { UNNAMED } from "@/lib/symbolAddress";
import { declaredIn, undeclared } from "./sourceTypes";

const FRESH_MS = 30_000;

type Revision = number | undefined;
const at = (revision: Revision) => (revision === undefined ? {} : { revision });

export const repositoriesQuery = queryOptions({
  queryKey: keys.apis,
  queryFn: ({ signal }) => call("GET /api/v1/apis", { signal }),
  staleTime: FRESH_MS,
});

export const repositoryQuery = (repository: string, revision: Revision) =>
  queryOptions({
    queryKey: keys.api(repository, revision),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}", {
        path: { repository },
        query: at(revision),
        signal,
      }),
    staleTime: FRESH_MS,
  });

export const symbolQuery = (repository: string, name: string, revision: Revision) =>
  queryOptions({
    queryKey: keys.api(repository, revision, "symbol", name),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}/symbols/{name}", {
        path: { repository, name: name || UNNAMED },
        query: at(revision),
        signal,
      }),
    staleTime: FRESH_MS,
  });

/** What the options of a file are declared as, in whatever file of the set. */
export const declaredQuery = (page: ApiFilePage, revision: Revision) =>
  queryOptions({
    queryKey: keys.api(page.repository, revision, "declared", page.path),
    queryFn: async ({ client }) => {
      const declared = declaredIn(page);
      let missing = undeclared(page, declared);
      while (missing.length > 0) {
        const found = await Promise.all(
          missing.map((name) => documentOf(client, page.repository, name, revision)),
        );
        missing.forEach((name, i) => {
          declared.set(name, found[i] ?? null);
        });
        missing = undeclared(page, declared);
      }
      return declared;
    },
    staleTime: FRESH_MS,
  });

async function documentOf(
  client: QueryClient,
  repository: string,
  name: string,
  revision: Revision,
) {
  try {
    return (await client.fetchQuery(symbolQuery(repository, name, revision))).document;
  } catch (error) {
    if (isStatus(error, 404)) {
      return null;
    }
    throw error;
  }
}

/** The first of them came with the page of the symbol. */
export const usesQuery = (
  repository: string,
  name: string,
  revision: Revision,
  first: ApiUseList,
) =>
  infiniteQueryOptions({
    queryKey: keys.api(repository, revision, "uses", name),
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/apis/{repository}/symbols/{name}/uses", {
        path: { repository, name: name || UNNAMED },
        query: { ...at(revision), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    initialData: { pages: [first], pageParams: [""] },
    getNextPageParam: (last) => last.next,
    staleTime: FRESH_MS,
  });

export const fileQuery = (repository: string, path: string, revision: Revision) =>
  queryOptions({
    queryKey: keys.api(repository, revision, "file", path),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}/files", {
        path: { repository },
        query: { path, ...at(revision) },
        signal,
      }),
    staleTime: FRESH_MS,
  });

export const revisionsQuery = (repository: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.apiRepository(repository), "revisions"],
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/apis/{repository}/revisions", {
        path: { repository },
        query: pageParam ? { after: pageParam } : {},
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: FRESH_MS,
  });

/** Two revisions never change; whom it hits may, so it is read again now and then. */
export const diffQuery = (repository: string, from: number, to: number) =>
  queryOptions({
    queryKey: keys.apiDiff(repository, from, to),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}/diff", {
        path: { repository },
        query: { from, to },
        signal,
      }),
    staleTime: 10 * FRESH_MS,
  });

/** One package of it, of which the whole diff had no room for everything. */
export const diffPackageQuery = (repository: string, from: number, to: number, name: string) =>
  queryOptions({
    queryKey: keys.apiDiff(repository, from, to, name),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}/diff", {
        path: { repository },
        query: { from, to, package: name },
        signal,
      }),
    staleTime: 10 * FRESH_MS,
  });

export const policyQuery = (repository: string) =>
  queryOptions({
    queryKey: keys.apiPolicy(repository),
    queryFn: ({ signal }) =>
      call("GET /api/v1/apis/{repository}/policy", { path: { repository }, signal }),
    staleTime: FRESH_MS,
  });

export const putPolicy = (repository: string, body: ApiPolicyDraft) =>
  call("PUT /api/v1/apis/{repository}/policy", { path: { repository }, body });

export type WaiverState = "active" | "past";

export const waiversQuery = (repository: string, state: WaiverState) =>
  infiniteQueryOptions({
    queryKey: [...keys.apiWaivers(repository), state],
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/apis/{repository}/waivers", {
        path: { repository },
        query: { state, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: FRESH_MS,
  });

export const grantWaiver = (repository: string, body: ApiWaiverDraft) =>
  call("POST /api/v1/apis/{repository}/waivers", { path: { repository }, body });

export const endWaiver = (repository: string, id: number) =>
  call("DELETE /api/v1/apis/{repository}/waivers/{id}", { path: { repository, id } });

/** After who may break what has changed: the waivers, and every diff. */
export function forgetVerdicts(client: QueryClient, repository: string): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: keys.apiWaivers(repository) }),
    client.invalidateQueries({ queryKey: keys.apiDiffs(repository) }),
  ]);
}
