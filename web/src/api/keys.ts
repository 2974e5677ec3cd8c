// SPDX-License-Identifier: Apache-2.0
import type { ChangeHint } from "./generated";

export type Key = readonly unknown[];

/**
 * Names of everything the page keeps from the server. Readings of a past time
 * are under `asof`: nothing that happens now can change them.
 */
export const keys = {
  session: ["session"] as Key,
  services: ["services"] as Key,
  serviceList: (params: unknown, at?: string): Key =>
    at ? ["asof", "services", params, at] : ["services", "list", params],
  service: (id: string): Key => ["service", id],
  servicePage: (id: string, at?: string): Key =>
    at ? ["asof", "service", id, at] : ["service", id, "page"],
  versions: (id: string): Key => ["service", id, "versions"],
  version: (id: string, number: number): Key => ["version", id, number],
  diff: (id: string, from: number, to: number): Key => ["diff", id, from, to],
  activity: (id: string): Key => ["service", id, "activity"],
  teams: ["teams"] as Key,
  teamList: (at?: string): Key => (at ? ["asof", "teams", at] : ["teams", "list"]),
  teamPage: (name: string, at?: string): Key =>
    at ? ["asof", "team", name, at] : ["teams", "page", name],
  dependencies: ["dependencies"] as Key,
  dependency: (...asked: unknown[]): Key => ["dependencies", ...asked],
  search: (q: string): Key => ["search", q],
  apis: ["apis"] as Key,
  /** What a revision declares never changes; who calls it does. */
  api: (repository: string, revision: number | undefined, ...what: readonly unknown[]): Key => [
    "api",
    repository,
    revision ?? "current",
    ...what,
  ],
  apiRepository: (repository: string): Key => ["api", repository],
  /** What breaks between any two revisions: it goes by the policy and the waivers. */
  apiDiffs: (repository: string): Key => ["api-diff", repository],
  apiDiff: (repository: string, from: number, to: number, ...of: readonly string[]): Key => [
    "api-diff",
    repository,
    from,
    to,
    ...of,
  ],
  apiPolicy: (repository: string): Key => ["api", repository, "policy"],
  apiWaivers: (repository: string): Key => ["api", repository, "waivers"],
  grpc: ["grpc"] as Key,
  serviceGrpc: (id: string): Key => ["grpc", id],
  tokens: ["tokens"] as Key,
  webhooks: ["webhooks"] as Key,
  webhookDeliveries: (id: number, state: string | undefined): Key => [
    "webhooks",
    id,
    "deliveries",
    state ?? "all",
  ],
  failures: ["failures"] as Key,
  failureList: (...filters: readonly (string | boolean)[]): Key => ["failures", "list", ...filters],
  failure: (id: number): Key => ["failures", "one", id],
  held: ["held"] as Key,
  jobs: ["jobs"] as Key,
  jobList: (state: string): Key => ["jobs", "list", state],
  schedules: ["schedules"] as Key,
  todos: ["todos"] as Key,
  todoList: (...filters: readonly unknown[]): Key => ["todos", "list", ...filters],
  todo: (id: number): Key => ["todos", "one", id],
  todoMatrix: (campaign: string): Key => ["todos", "matrix", campaign],
  campaigns: ["campaigns"] as Key,
  campaignList: (...filters: readonly unknown[]): Key => ["campaigns", "list", ...filters],
  campaign: (name: string): Key => ["campaigns", "one", name],
  factKeys: ["fact-keys"] as Key,
};

/** What the named changes make out of date, each key once; undefined = everything. */
export function affected(changes: ChangeHint["changes"]): Key[] {
  const found = new Map<string, Key>();
  const add = (key: Key) => found.set(JSON.stringify(key), key);
  for (const change of changes) {
    if (change.kind === "service") {
      add(keys.services);
      add(keys.service(change.subject));
      add(keys.teams);
      add(keys.dependencies);
      add(["search"]);
      add(["api"]); // who provides and calls what
      add(keys.grpc);
    }
    if (change.kind === "api") {
      add(keys.apis);
      add(keys.apiRepository(change.subject));
      add(keys.grpc);
      add(["search"]);
    }
    if (change.kind === "webhook") {
      add(keys.webhooks);
    }
    if (change.kind === "todo" || change.kind === "campaign") {
      add(keys.todos);
      add(keys.campaigns);
    }
    if (change.kind === "service") {
      add(["todos", "one"]); // the facts that an item is about
    }
    if (change.kind === "publisher") {
      add(keys.held);
    }
    if (change.type.startsWith("publish.") || change.kind === "service" || change.kind === "api") {
      add(keys.failures);
    }
  }
  return [...found.values()];
}
