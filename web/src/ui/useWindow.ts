// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Rows above and below those in view, for what moves without us being told. */
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
    // React would draw after the next picture, which would show no rows.
    const follow = () => flushSync(look);
    look();
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    element.addEventListener("scroll", follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", follow);
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
    from: Math.max(0, Math.min(view.first, count - view.fit) - AROUND),
    to: Math.min(count, view.first + view.fit + AROUND),
    reveal,
  };
}
