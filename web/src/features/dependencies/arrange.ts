// SPDX-License-Identifier: Apache-2.0
import { Graph, layout } from "@dagrejs/dagre";
import type { Layout, Point, Question, Size } from "./layout";

const BETWEEN = { nodesep: 14, ranksep: 48, edgesep: 8, marginx: 16, marginy: 16 };
/** Columns of nodes without an edge. */
const LONELY = { gap: 14, perRow: 4 };

/** A layer that is taller stands in several columns. */
const FOLD = { least: 10, gap: 18 };

type Places = Record<string, Point>;

/** Layers from left to right; nodes without any edge stand in rows below. */
export function arrange({ nodes, edges }: Question): Layout {
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const found = layered(
    nodes.filter(({ id }) => linked.has(id)),
    edges,
  );
  return withLonely(
    found,
    nodes.filter(({ id }) => !linked.has(id)),
  );
}

function layered(nodes: readonly Size[], edges: Question["edges"]): Layout {
  if (nodes.length === 0) {
    return { width: 0, height: BETWEEN.marginy, nodes: {}, edges: [] };
  }
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...BETWEEN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) {
    graph.setNode(id, { width, height });
  }
  for (const { from, to } of edges) {
    graph.setEdge(from, to, {});
  }
  layout(graph);
  const all = graph.graph() as { width?: number; height?: number };
  const found: Layout = {
    width: all.width ?? 0,
    height: all.height ?? 0,
    nodes: Object.fromEntries(
      nodes.map(({ id }) => {
        const { x, y } = graph.node(id) as Point;
        return [id, { x, y }];
      }),
    ),
    edges: edges.map(({ from, to }) => (graph.edge(from, to) as { points: Point[] }).points),
  };
  return folded(found, nodes, edges);
}

/** Nodes of one layer, which have the same x, from top to bottom. */
function layersOf(places: Places, nodes: readonly Size[]): Size[][] {
  const layers = new Map<number, Size[]>();
  const at = (id: string) => places[id] ?? { x: 0, y: 0 };
  for (const node of nodes) {
    const { x } = at(node.id);
    layers.set(x, [...(layers.get(x) ?? []), node]);
  }
  return [...layers.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, layer]) => layer.sort((a, b) => at(a.id).y - at(b.id).y));
}

/** Makes a layer that nobody could read several columns, about twice as broad as high in all. */
function folded(found: Layout, nodes: readonly Size[], edges: Question["edges"]): Layout {
  const layers = layersOf(found.nodes, nodes);
  const rows = Math.max(FOLD.least, Math.ceil(Math.sqrt(2.2 * nodes.length)));
  if (layers.every((layer) => layer.length <= rows)) {
    return found;
  }
  const row = (nodes[0]?.height ?? 0) + BETWEEN.nodesep;
  const height = rows * row + 2 * BETWEEN.marginy;
  const places: Places = {};
  let x = BETWEEN.marginx;
  for (const layer of layers) {
    for (let from = 0; from < layer.length; from += rows) {
      const column = layer.slice(from, from + rows);
      const width = Math.max(...column.map((node) => node.width));
      const top = (height - column.length * row) / 2 + row / 2;
      column.forEach((node, i) => {
        places[node.id] = { x: x + width / 2, y: top + i * row };
      });
      x += width + FOLD.gap;
    }
    x += BETWEEN.ranksep - FOLD.gap;
  }
  const sizes = new Map(nodes.map((node) => [node.id, node]));
  return {
    width: x - BETWEEN.ranksep + BETWEEN.marginx,
    height,
    nodes: places,
    edges: edges.map(({ from, to }) => between(places, sizes, from, to)),
  };
}

/** From the side of one node to the facing side of the other. */
function between(
  places: Places,
  sizes: ReadonlyMap<string, Size>,
  from: string,
  to: string,
): Point[] {
  const a = places[from] ?? { x: 0, y: 0 };
  const b = places[to] ?? { x: 0, y: 0 };
  const side = b.x >= a.x ? 1 : -1;
  const start = { x: a.x + (side * (sizes.get(from)?.width ?? 0)) / 2, y: a.y };
  const end = { x: b.x - (side * (sizes.get(to)?.width ?? 0)) / 2, y: b.y };
  const middle = (start.x + end.x) / 2;
  return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
}

function withLonely(found: Layout, lonely: readonly Size[]): Layout {
  const places = { ...found.nodes };
  let { width, height } = found;
  let x = BETWEEN.marginx;
  lonely.forEach((node, i) => {
    if (i > 0 && i % LONELY.perRow === 0) {
      x = BETWEEN.marginx;
      height += node.height + LONELY.gap;
    }
    places[node.id] = { x: x + node.width / 2, y: height + node.height / 2 };
    x += node.width + LONELY.gap;
    width = Math.max(width, x);
  });
  if (lonely.length > 0) {
    height += (lonely.at(-1)?.height ?? 0) + BETWEEN.marginy;
  }
  return { width, height, nodes: places, edges: found.edges };
}
