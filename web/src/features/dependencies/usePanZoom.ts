// SPDX-License-Identifier: Apache-2.0
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Layout, Point } from "./layout";

export interface View {
  x: number;
  y: number;
  scale: number;
}

const SCALE = { min: 0.1, max: 2, step: 1.25 };
const MARGIN = 24;

/** The whole picture in the middle of the frame, never larger than life. */
export function fitted(layout: Pick<Layout, "width" | "height">, frame: Frame): View {
  const scale = Math.min(
    1,
    frame.width / Math.max(1, layout.width),
    frame.height / Math.max(1, layout.height),
  );
  return {
    scale,
    x: (frame.width - layout.width * scale) / 2,
    y: (frame.height - layout.height * scale) / 2,
  };
}

/** Larger or smaller around a point of the frame. */
export function zoomed(view: View, by: number, around: Point): View {
  const scale = Math.min(SCALE.max, Math.max(SCALE.min, view.scale * by));
  const ratio = scale / view.scale;
  return {
    scale,
    x: around.x - (around.x - view.x) * ratio,
    y: around.y - (around.y - view.y) * ratio,
  };
}

interface Frame {
  width: number;
  height: number;
}

/** Moves as little as needed to have a point inside the frame. */
export function revealed(view: View, point: Point, frame: Frame): View {
  const inside = (at: number, size: number) =>
    Math.min(0, size - MARGIN * 4 - at) + Math.max(0, MARGIN * 4 - at);
  const at = { x: view.x + point.x * view.scale, y: view.y + point.y * view.scale };
  const dx = inside(at.x, frame.width);
  const dy = inside(at.y, frame.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

/** Where the picture is in its frame; it fits until somebody moves it. */
export function usePanZoom(layout: Layout, svg: RefObject<SVGSVGElement | null>) {
  const [frame, setFrame] = useState<Frame>({ width: 800, height: 420 });
  const [moved, setMoved] = useState<{ layout: Layout; view: View }>();
  const drag = useRef<Point>(undefined);
  const view = moved?.layout === layout ? moved.view : fitted(layout, frame);
  const latest = useRef(view);
  latest.current = view;
  const move = (next: View) => setMoved({ layout, view: next });
  const middle = { x: frame.width / 2, y: frame.height / 2 };

  useEffect(() => {
    const element = svg.current;
    if (!element || typeof ResizeObserver === "undefined") {
      return;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry) {
        setFrame({ width: entry.contentRect.width, height: entry.contentRect.height });
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg]);

  useEffect(() => {
    const element = svg.current;
    // Not passive, so that the browser does not zoom the page as well; a wheel
    // without Ctrl scrolls the page as everywhere.
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const box = element?.getBoundingClientRect();
        const around = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
        const by = event.deltaY < 0 ? 1.1 : 1 / 1.1;
        setMoved({ layout, view: zoomed(latest.current, by, around) });
      }
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [svg, layout]);

  return {
    view,
    zoomIn: () => move(zoomed(view, SCALE.step, middle)),
    zoomOut: () => move(zoomed(view, 1 / SCALE.step, middle)),
    fit: () => setMoved(undefined),
    pan: (dx: number, dy: number) => move({ ...view, x: view.x + dx, y: view.y + dy }),
    reveal: (point: Point) => {
      const next = revealed(view, point, frame);
      if (next !== view) {
        move(next);
      }
    },
    pointer: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0 && !(event.target as Element).closest("a")) {
          drag.current = { x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      },
      onPointerMove: (event: PointerEvent) => {
        const from = drag.current;
        if (from) {
          drag.current = { x: event.clientX, y: event.clientY };
          const now = latest.current;
          move({ ...now, x: now.x + event.clientX - from.x, y: now.y + event.clientY - from.y });
        }
      },
      onPointerUp: () => {
        drag.current = undefined;
      },
    },
  };
}
