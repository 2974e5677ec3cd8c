// SPDX-License-Identifier: Apache-2.0
// What an item still lacks. The server alone decides whether a rule holds; this
// only says it in words, for the parts of a rule that are plain enough.
import type { Fact } from "@/api/generated";

export type Lack =
  /** No fact of that key is known of the service. */
  | { kind: "unknown"; key: string }
  /** The fact is known, and what the rule looks for in it is not there. */
  | { kind: "absent"; path: string }
  /** It is there and has another value than the rule asks for. */
  | { kind: "value"; path: string; value: unknown; wanted: string }
  /** A part of the rule that has to be read as it is. */
  | { kind: "rule"; text: string };

const PATH = /^\$((?:\.(?:[A-Za-z_]\w*|"[^"\\]*"))+)$/;
const EXISTS = /^(!?)\s*exists\s*\(\s*(\$[^()\s?]+)\s*\)$/;
const COMPARES =
  /^(\$[^\s()?=<>!]+)\s*(==|!=|<>|<=|>=|<|>)\s*("[^"\\]*"|-?\d+(?:\.\d+)?|true|false|null)$/;

/** `$.spec.contact."a b"` as its names; undefined when it is more than that. */
function namesOf(path: string): string[] | undefined {
  const names = PATH.exec(path)?.[1];
  return names?.match(/"[^"]*"|\w+/g)?.map((name) => name.replace(/"/g, ""));
}

/** The parts of a rule that all must hold: split at && outside of brackets and texts. */
export function conditions(rule: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let i = 0; i < rule.length; i += 1) {
    const c = rule[i];
    if (c === '"' && rule[i - 1] !== "\\") {
      quoted = !quoted;
    } else if (!quoted && (c === "(" || c === "[")) {
      depth += 1;
    } else if (!quoted && (c === ")" || c === "]")) {
      depth -= 1;
    } else if (!quoted && depth === 0 && rule.startsWith("&&", i)) {
      found.push(rule.slice(from, i));
      from = i + 2;
    } else if (!quoted && depth === 0 && rule.startsWith("||", i)) {
      return [rule.trim()];
    }
  }
  found.push(rule.slice(from));
  return found.map(unwrapped).filter(Boolean);
}

/** Without the brackets that are around all of it. */
function unwrapped(text: string): string {
  const inner = /^\(([^()]*|exists\s*\([^()]*\))\)$/.exec(text.trim())?.[1];
  return (inner ?? text).trim();
}

interface Found {
  key: string;
  known: boolean;
  there: boolean;
  value: unknown;
}

/** Where a path leads in the facts: the first two names are the key. */
function look(path: string, facts: readonly Fact[]): Found | undefined {
  const names = namesOf(path);
  if (!names || names.length < 2) {
    return undefined;
  }
  const key = names.slice(0, 2).join(".");
  const fact = facts.find((each) => each.key === key);
  let value: unknown = fact?.known ? fact.value : undefined;
  for (const name of names.slice(2)) {
    const within = value !== null && typeof value === "object" && !Array.isArray(value);
    value = within ? (value as Record<string, unknown>)[name] : undefined;
  }
  return { key, known: fact?.known ?? false, there: value !== undefined, value };
}

function holds(value: unknown, operator: string, wanted: unknown): boolean {
  if (operator === "==") {
    return value === wanted;
  }
  if (operator === "!=" || operator === "<>") {
    return value !== wanted;
  }
  if (typeof value !== typeof wanted || (typeof value !== "number" && typeof value !== "string")) {
    return false;
  }
  const other = wanted as typeof value;
  return operator === "<"
    ? value < other
    : operator === "<="
      ? value <= other
      : operator === ">"
        ? value > other
        : value >= other;
}

function lackOf(condition: string, facts: readonly Fact[]): Lack | undefined {
  const exists = EXISTS.exec(condition);
  const compares = COMPARES.exec(condition);
  const path = exists?.[2] ?? compares?.[1];
  const found = path === undefined ? undefined : look(path, facts);
  if (path === undefined || !found) {
    return { kind: "rule", text: condition };
  }
  if (exists) {
    if (found.there !== (exists[1] === "!")) {
      return undefined;
    }
    return exists[1] === "!"
      ? { kind: "rule", text: condition }
      : found.known
        ? { kind: "absent", path: path.slice(2) }
        : { kind: "unknown", key: found.key };
  }
  const [, , operator = "", literal = ""] = compares ?? [];
  if (!found.known) {
    return { kind: "unknown", key: found.key };
  }
  if (!found.there) {
    return { kind: "absent", path: path.slice(2) };
  }
  return holds(found.value, operator, JSON.parse(literal))
    ? undefined
    : { kind: "value", path: path.slice(2), value: found.value, wanted: `${operator} ${literal}` };
}

/** What keeps the rule from holding, as far as it can be told from the facts. */
export function lacks(rule: string, facts: readonly Fact[]): Lack[] {
  return conditions(rule).flatMap((condition) => lackOf(condition, facts) ?? []);
}

/** A value as a reader would write it, on one line. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Proofs keep of a long value only how long it is: that; undefined = the value is there. */
export function bytesLeftOut(value: unknown): number | undefined {
  return isMembers(value) &&
    Object.keys(value).length === 2 &&
    value.leftOut === true &&
    typeof value.bytes === "number"
    ? value.bytes
    : undefined;
}

/** A value of a proof on one line, with words for each part of it that was left out. */
export function shownProof(value: unknown, leftOut: (bytes: number) => string): string {
  const written = (part: unknown): string => {
    const bytes = bytesLeftOut(part);
    if (bytes !== undefined) {
      return leftOut(bytes);
    }
    return isMembers(part)
      ? `{${Object.entries(part)
          .map(([name, each]) => `${JSON.stringify(name)}:${written(each)}`)
          .join(",")}}`
      : (JSON.stringify(part) ?? "");
  };
  return typeof value === "string" ? value : written(value);
}
