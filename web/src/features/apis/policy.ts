// SPDX-License-Identifier: Apache-2.0
// The policy of a repository as a form has it.
import type { ApiPolicy, ApiPolicyDraft, ApiPolicyItem } from "@/api/generated";
import { ApiError } from "@/api/problem";

/** A row keeps its key whatever is typed into it. */
export interface PolicyRow extends ApiPolicyItem {
  key: number;
  /** Names that stand in a field and were not added yet. */
  typed: Record<NamesOf, string>;
}
export type NamesOf = "use" | "except";

const NOTHING = { use: "", except: "" };

export const rowsOf = (policy: ApiPolicy): PolicyRow[] =>
  policy.items.map((item, key) => ({ ...item, key, typed: NOTHING }));

/** The names with one more at the end, written as rules are; nothing typed adds nothing. */
export function withName(names: readonly string[], typed: string): string[] {
  const name = typed.trim().toUpperCase();
  return name === "" ? [...names] : [...names.filter((each) => each !== name), name];
}

/** As if what was typed had been added. */
export const taken = (row: PolicyRow): PolicyRow => ({
  ...row,
  use: withName(row.use, row.typed.use),
  except: withName(row.except, row.typed.except),
  typed: NOTHING,
});

export function withRow(rows: readonly PolicyRow[]): PolicyRow[] {
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
  return [
    ...rows,
    { key, prefix: "", use: ["FILE"], except: [], ignoreUnstable: false, typed: NOTHING },
  ];
}

export const bodyOf = (rows: readonly PolicyRow[], version: number): ApiPolicyDraft => ({
  version,
  items: rows.map(taken).map(({ prefix, use, except, ignoreUnstable }) => ({
    prefix: prefix.trim(),
    use,
    except,
    ignoreUnstable,
  })),
});

/** Packages that no row fits have the policy that every repository begins with. */
export const fitsAll = (items: readonly ApiPolicyItem[]) =>
  items.some((item) => item.prefix === "");

export type RowField = "prefix" | "use" | "except";
export interface PolicyFaults {
  /** What is wrong with a field of the row at a place, by `place/field`. */
  rows: ReadonlyMap<string, string>;
  /** What concerns no single field. */
  whole: readonly string[];
}

export const faultAt = (faults: PolicyFaults, place: number, field: RowField) =>
  faults.rows.get(`${place}/${field}`);

/** What the server said: `#/items/2/use/0` is about what row 2 uses. */
export function policyFaults(error: unknown): PolicyFaults {
  const rows = new Map<string, string>();
  const whole: string[] = [];
  for (const { pointer, detail } of error instanceof ApiError ? (error.problem.errors ?? []) : []) {
    const found = /^#?\/items\/(\d+)\/(prefix|use|except)(?:\/\d+)?$/.exec(pointer);
    const at = `${found?.[1]}/${found?.[2]}`;
    if (!found) {
      whole.push(detail);
    } else if (!rows.has(at)) {
      rows.set(at, detail);
    }
  }
  return { rows, whole };
}
