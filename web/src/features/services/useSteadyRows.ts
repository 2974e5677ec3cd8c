// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from "react";
import type { ServiceItem } from "@/api/generated";
import { compareRows } from "./model";

interface Steady {
  rows: readonly ServiceItem[];
  /** Changes that wait because they would move rows under the pointer. */
  waiting: number;
  show: () => void;
}

/**
 * Rows that do not move under the pointer. A new answer to the same question
 * is shown at once when no row changes its place, or nobody is in the rows;
 * else it waits until it is asked for. Another question is always answered.
 *
 * Loading one more page only appends: that moves nothing.
 */
export function useSteadyRows(
  fresh: readonly ServiceItem[],
  question: string,
  held: boolean,
): Steady {
  const [shown, setShown] = useState({ rows: fresh, question });
  const take = useCallback(() => setShown({ rows: fresh, question }), [fresh, question]);

  const appended =
    fresh.length > shown.rows.length && shown.rows.every((row, i) => row.id === fresh[i]?.id);
  const { sameOrder, updates } = compareRows(shown.rows, fresh);
  const other = shown.question !== question;
  const calm = other || sameOrder || appended || !held;
  const current = calm ? fresh : shown.rows;

  useEffect(() => {
    if (calm && shown.rows !== fresh) {
      take();
    }
  }, [calm, shown.rows, fresh, take]);

  return { rows: current, waiting: calm ? 0 : updates, show: take };
}
