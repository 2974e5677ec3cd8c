// SPDX-License-Identifier: Apache-2.0
import type { ListServicesQuery, ServiceItem } from "@/api/generated";
import { flag, moment, oneOf, text, texts, whole } from "@/lib/search";
import { parseFilter, withoutKey } from "./qualifiers";

export const LIFECYCLES = [
  "experimental",
  "production",
  "deprecated",
  "retired",
  "unspecified",
] as const;
export const SORTS = ["name", "updated", "team", "tier"] as const;
export const TIERS = [1, 2, 3, 4] as const;
const MAX_TAGS = 10;

/** The list's state: everything in it is in the address. */
export interface ServicesSearch {
  q?: string | undefined;
  team?: string | undefined;
  corp?: string | undefined;
  tag?: string[] | undefined;
  lifecycle?: (typeof LIFECYCLES)[number] | undefined;
  tier?: number | undefined;
  tombstoned?: true | undefined;
  sort?: (typeof SORTS)[number] | undefined;
  at?: string | undefined;
}

/** Reads the address; a value that makes no sense is left out, not an error. */
export function readSearch(raw: Record<string, unknown>): ServicesSearch {
  const sort = oneOf(raw.sort, SORTS);
  return {
    q: text(raw.q, 200),
    team: text(raw.team, 63),
    corp: text(raw.corp, 64),
    tag: texts(raw.tag, 50, MAX_TAGS),
    lifecycle: oneOf(raw.lifecycle, LIFECYCLES),
    tier: whole(raw.tier, 1, 4),
    tombstoned: flag(raw.tombstoned),
    sort: sort === "name" ? undefined : sort,
    at: moment(raw.at),
  };
}

/** What filters in the end: the selects, and what the text says on top. */
export interface Filters {
  words: string;
  team: string;
  corp: string;
  tags: string[];
  lifecycle: ServicesSearch["lifecycle"] | "";
  tier: number | undefined;
  tombstoned: boolean;
}

export function filtersOf(search: ServicesSearch): Filters {
  const typed = parseFilter(search.q ?? "");
  return {
    words: typed.words,
    team: typed.team ?? search.team ?? "",
    corp: typed.corp ?? search.corp ?? "",
    tags: [...new Set([...(search.tag ?? []), ...typed.tags])].slice(0, MAX_TAGS),
    lifecycle: typed.lifecycle ?? search.lifecycle ?? "",
    tier: typed.tier ?? search.tier,
    tombstoned: typed.tombstoned || (search.tombstoned ?? false),
  };
}

export function isFiltered(filters: Filters): boolean {
  const { words, team, corp, tags, lifecycle, tier, tombstoned } = filters;
  return Boolean(words || team || corp || tags.length || lifecycle || tier || tombstoned);
}

/** The question that the server is asked. */
export function queryOf(search: ServicesSearch): ListServicesQuery {
  const f = filtersOf(search);
  const query: ListServicesQuery = {};
  if (f.words) query.q = f.words;
  if (f.team) query.team = f.team;
  if (f.corp) query.corp = f.corp;
  if (f.tags.length > 0) query.tag = f.tags;
  if (f.lifecycle) query.lifecycle = f.lifecycle;
  if (f.tier) query.tier = f.tier;
  if (f.tombstoned) query.tombstoned = "1";
  if (search.sort) query.sort = search.sort;
  if (search.at) query.at = search.at;
  return query;
}

/** A select changed: its value, and no second opinion left in the text. */
export function choose<K extends "team" | "corp" | "lifecycle" | "tier">(
  search: ServicesSearch,
  key: K,
  value: ServicesSearch[K],
): ServicesSearch {
  return { ...search, q: withoutKey(search.q ?? "", key) || undefined, [key]: value };
}

export function chooseTombstoned(search: ServicesSearch): ServicesSearch {
  return { ...choose(search, "lifecycle", undefined), tombstoned: true };
}

export function addTag(search: ServicesSearch, tag: string): ServicesSearch {
  return { ...search, tag: [...new Set([...(search.tag ?? []), tag])].slice(0, MAX_TAGS) };
}

export function removeTag(search: ServicesSearch, tag: string): ServicesSearch {
  const rest = (search.tag ?? []).filter((each) => each !== tag);
  return {
    ...search,
    q: withoutKey(search.q ?? "", "tag", tag) || undefined,
    tag: rest.length > 0 ? rest : undefined,
  };
}

/** Without filters; order and moment stay. */
export function cleared(search: ServicesSearch): ServicesSearch {
  return { sort: search.sort, at: search.at };
}

/** How two answers to the same question differ, for rows that must not jump. */
export function compareRows(shown: readonly ServiceItem[], fresh: readonly ServiceItem[]) {
  const before = new Map(shown.map((item) => [item.id, JSON.stringify(item)]));
  let updates = 0;
  for (const item of fresh) {
    if (before.get(item.id) !== JSON.stringify(item)) {
      updates += 1;
    }
    before.delete(item.id);
  }
  const sameOrder =
    shown.length === fresh.length && shown.every((item, i) => item.id === fresh[i]?.id);
  return { sameOrder, updates: updates + before.size };
}
