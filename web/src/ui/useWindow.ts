// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useLayoutEffect, useState } from "react";

/** Rows above and below those in view, so that a quick scroll shows no gap. */
const AROUND = 12;

interface Rows {
  count: number;
  /** Of each row, in pixels. */
  height: number;
  /** What stands above the rows and stays there, in pixels. */
  head: number;
}

/**
 * Which rows of a long list are drawn, `from` up to and without `to`. All rows are
 * of one height: where a row stands is a product, and nothing has to be measured.
 */
export function useWindow(scroller: RefObject<HTMLElement | null>, rows: Rows) {
  const { count, height, head } = rows;
  const [view, setView] = useState({ first: 0, fit: 0 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const look = () => {
      const first = Math.floor(element.scrollTop / height);
      const fit = Math.ceil(element.clientHeight / height) + 1;
      setView((old) => (old.first === first && old.fit === fit ? old : { first, fit }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, height]);

  /** Scrolls no further than it takes to see the whole row. */
  const reveal = (index: number) => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const top = index * height;
    const least = top + height + head - element.clientHeight;
    element.scrollTop = Math.max(least, Math.min(top, element.scrollTop));
  };

  return {
    from: Math.max(0, Math.min(view.first, count) - AROUND),
    to: Math.min(count, view.first + view.fit + AROUND),
    reveal,
  };
}
