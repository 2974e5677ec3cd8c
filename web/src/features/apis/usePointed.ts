// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";

/** Brings the part of a table that is pointed at into view. */
export function usePointed(part: string | undefined) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (part !== undefined) {
      const rows = table.current?.querySelectorAll<HTMLElement>("[data-part]") ?? [];
      const row = [...rows].find((each) => each.dataset.part === part);
      row?.scrollIntoView?.({ block: "center" });
    }
  }, [part]);
  return table;
}
