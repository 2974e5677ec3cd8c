// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";

/** Brings the part of a table that is pointed at into view. */
export function usePointed(part: string | undefined) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (part !== undefined) {
      const rows = table.current?.querySelectorAll<HTMLElement>("[data-part]") ?? [];
      const row = [...rows].find((each) => each.dataset.part === part);
      const box = row?.closest("main");
      // The screen's own box alone: scrollIntoView would move the frame, too.
      if (row && box) {
        const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
        box.scrollTop += top - box.clientHeight / 3;
      }
    }
  }, [part]);
  return table;
}
