// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { arrange } from "./arrange";

const size = (id: string) => ({ id, width: 160, height: 46 });
const link = (from: string, to: string) => ({ from, to });

/** Pairs of boxes that cover one another. */
function overlaps(
  nodes: ReturnType<typeof size>[],
  places: Record<string, { x: number; y: number }>,
) {
  const found: string[] = [];
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1)) {
      const [p, q] = [places[a.id], places[b.id]];
      if (p && q && Math.abs(p.x - q.x) < a.width && Math.abs(p.y - q.y) < a.height) {
        found.push(`${a.id} ${b.id}`);
      }
    }
  });
  return found;
}

describe("arrange", () => {
  it("puts what is needed to the right of what needs it", () => {
    const { nodes } = arrange({
      nodes: ["a", "b", "c"].map(size),
      edges: [link("a", "b"), link("b", "c")],
    });
    expect(nodes.a?.x).toBeLessThan(nodes.b?.x ?? 0);
    expect(nodes.b?.x).toBeLessThan(nodes.c?.x ?? 0);
  });

  it("draws cycles, self-loops and nodes without an edge", () => {
    const boxes = ["a", "b", "lone"].map(size);
    const found = arrange({
      nodes: boxes,
      edges: [link("a", "b"), link("b", "a"), link("b", "b")],
    });
    expect(Object.keys(found.nodes).sort()).toEqual(["a", "b", "lone"]);
    expect(found.edges.every((points) => points.length > 1)).toBe(true);
    expect(overlaps(boxes, found.nodes)).toEqual([]);
  });

  it("folds a layer that would be a tower", () => {
    const fans = Array.from({ length: 149 }, (_, i) => `fan-${i}`);
    const boxes = ["hub", ...fans].map(size);
    const found = arrange({ nodes: boxes, edges: fans.map((id) => link(id, "hub")) });
    expect(found.height).toBeLessThan(found.width);
    expect(overlaps(boxes, found.nodes)).toEqual([]);
    for (const { x, y } of Object.values(found.nodes)) {
      expect(x + 80).toBeLessThanOrEqual(found.width);
      expect(y + 23).toBeLessThanOrEqual(found.height);
    }
  });

  it("draws nothing of nothing", () => {
    expect(arrange({ nodes: [], edges: [] }).nodes).toEqual({});
  });
});
