// SPDX-License-Identifier: Apache-2.0
// The address of a diff: what is compared, and what of it is shown.
import { flag, oneOf, text, whole } from "@/lib/search";

export const CATEGORIES = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "MDASH"] as const;
export type Category = (typeof CATEGORIES)[number];

export const VERDICTS = ["breaking", "waived", "allowed"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface DiffSearch {
  from?: number | undefined;
  to?: number | undefined;
  category?: Category | undefined;
  q?: string | undefined;
  /** Only findings of this verdict. */
  verdict?: Verdict | undefined;
  /** Without what changed in comments alone. */
  quiet?: true | undefined;
}

export function readDiffSearch(raw: Record<string, unknown>): DiffSearch {
  return {
    from: whole(raw.from, 1, Number.MAX_SAFE_INTEGER),
    to: whole(raw.to, 1, Number.MAX_SAFE_INTEGER),
    category: oneOf(raw.category, CATEGORIES),
    q: text(raw.q, 200),
    // Addresses that were handed on before there were verdicts say breaking=1.
    verdict: oneOf(raw.verdict, VERDICTS) ?? (flag(raw.breaking) && "breaking"),
    quiet: flag(raw.quiet),
  };
}
