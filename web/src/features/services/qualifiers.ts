// SPDX-License-Identifier: Apache-2.0

/**
 * The filter box is a small language: `pay team:"Payments Core" tag:go
 * lifecycle:production tier:1 corp:JP is:deleted`. What is no qualifier is a
 * word to look for.
 */
export interface TypedFilter {
  words: string;
  team?: string;
  corp?: string;
  tags: string[];
  lifecycle?: Lifecycle;
  tier?: number;
  tombstoned: boolean;
}

type Lifecycle = "experimental" | "production" | "deprecated" | "retired" | "unspecified";

const LIFECYCLES: readonly string[] = [
  "experimental",
  "production",
  "deprecated",
  "retired",
  "unspecified",
];

interface Part {
  source: string;
  key: string;
  value: string;
}

// A full-width colon is what a Japanese keyboard gives.
const PART = /([a-z]+)[:：](?:"([^"]*)"?|(\S*))|\S+/giu;

function parts(text: string): Part[] {
  return [...text.matchAll(PART)].map((match) => ({
    source: match[0],
    key: (match[1] ?? "").toLowerCase(),
    value: (match[2] ?? match[3] ?? "").trim(),
  }));
}

/** Puts a qualifier in; false when it is none, and so a word. */
function apply(filter: TypedFilter, { key, value }: Part): boolean {
  if (value === "") {
    return ["team", "corp", "tag", "lifecycle", "tier", "is"].includes(key);
  }
  switch (key) {
    case "team":
    case "corp":
      filter[key] = value;
      return true;
    case "tag":
      filter.tags.push(value);
      return true;
    case "lifecycle":
      if (!LIFECYCLES.includes(value.toLowerCase())) {
        return false;
      }
      filter.lifecycle = value.toLowerCase() as Lifecycle;
      return true;
    case "tier":
      if (!/^[1-4]$/.test(value)) {
        return false;
      }
      filter.tier = Number(value);
      return true;
    case "is":
      if (value.toLowerCase() !== "deleted") {
        return false;
      }
      filter.tombstoned = true;
      return true;
    default:
      return false;
  }
}

export function parseFilter(text: string): TypedFilter {
  const filter: TypedFilter = { words: "", tags: [], tombstoned: false };
  const words = parts(text)
    .filter((part) => !apply(filter, part))
    .map((part) => part.source);
  filter.words = words.join(" ");
  return filter;
}

/** The text without the qualifiers of a key (and of a value, when given). */
export function withoutKey(text: string, key: string, value?: string): string {
  return parts(text)
    .filter((part) => part.key !== key || (value !== undefined && part.value !== value))
    .map((part) => part.source)
    .join(" ");
}
