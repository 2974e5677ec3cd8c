// SPDX-License-Identifier: Apache-2.0
import { Graph, layout } from "@dagrejs/dagre";
import type { Layout, Point, Question } from "./layout";

const BETWEEN = { nodesep: 14, ranksep: 70, edgesep: 8, marginx: 16, marginy: 16 };
/** Columns of nodes without an edge. */
const LONELY = { gap: 14, perRow: 4 };

/** Layers from left to right; nodes without any edge stand in rows below. */
export function arrange({ nodes, edges }: Question): Layout {
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...BETWEEN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) {
    if (linked.has(id)) {
      graph.setNode(id, { width, height });
    }
  }
  for (const { from, to } of edges) {
    graph.setEdge(from, to, {});
  }
  const found: Record<string, Point> = {};
  let { width, height } = { width: 0, height: BETWEEN.marginy };
  if (linked.size > 0) {
    layout(graph);
    const all = graph.graph() as { width?: number; height?: number };
    width = all.width ?? 0;
    height = all.height ?? 0;
    for (const id of linked) {
      const { x, y } = graph.node(id) as Point;
      found[id] = { x, y };
    }
  }
  const lonely = nodes.filter(({ id }) => !linked.has(id));
  let x = BETWEEN.marginx;
  lonely.forEach((node, i) => {
    if (i > 0 && i % LONELY.perRow === 0) {
      x = BETWEEN.marginx;
      height += node.height + LONELY.gap;
    }
    found[node.id] = { x: x + node.width / 2, y: height + node.height / 2 };
    x += node.width + LONELY.gap;
    width = Math.max(width, x);
  });
  if (lonely.length > 0) {
    height += (lonely.at(-1)?.height ?? 0) + BETWEEN.marginy;
  }
  return {
    width,
    height,
    nodes: found,
    edges: edges.map(({ from, to }) => (graph.edge(from, to) as { points: Point[] }).points),
  };
}
