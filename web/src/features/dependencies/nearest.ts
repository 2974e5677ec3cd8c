// SPDX-License-Identifier: Apache-2.0
import type { Point } from "./layout";

const STEPS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export const stepOf = (key: string): Point | undefined => STEPS[key];

/** The nearest node in the direction; what lies aside counts as farther. */
export function nearest(
  nodes: Readonly<Record<string, Point>>,
  from: string,
  step: Point,
): string | undefined {
  const here = nodes[from];
  let best: { id: string; far: number } | undefined;
  for (const [id, at] of Object.entries(nodes)) {
    if (!here || id === from) {
      continue;
    }
    const along = (at.x - here.x) * step.x + (at.y - here.y) * step.y;
    const aside = Math.abs((at.x - here.x) * step.y) + Math.abs((at.y - here.y) * step.x);
    const far = along + 2 * aside;
    if (along > 1 && (!best || far < best.far)) {
      best = { id, far };
    }
  }
  return best?.id;
}
