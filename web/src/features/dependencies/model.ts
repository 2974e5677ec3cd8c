// SPDX-License-Identifier: Apache-2.0
import type {
  DependencyEdge,
  DependencyGraph,
  DependencyNode,
  DependencyTeam,
  DependencyTeams,
} from "@/api/generated";
import { oneOf, text, whole } from "@/lib/search";

export const DIRECTIONS = ["both", "dependencies", "dependents"] as const;
export const HOPS = [1, 2, 3] as const;
/** More is no picture any more; the server draws the line at the same place. */
export const DRAWN = 150;

export type Direction = (typeof DIRECTIONS)[number];

/** What the address says: a service in the centre, or teams. */
export interface DependenciesSearch {
  center?: string | undefined;
  hops?: number | undefined;
  direction?: Direction | undefined;
  /** Only what touches this team. */
  team?: string | undefined;
  /** The pairs of services behind one edge between teams. */
  from?: string | undefined;
  to?: string | undefined;
}

export function readDependencies(raw: Record<string, unknown>): DependenciesSearch {
  return {
    center: text(raw.center, 63),
    hops: whole(raw.hops, 1, 3),
    direction: oneOf(raw.direction, DIRECTIONS),
    team: text(raw.team, 63),
    from: text(raw.from, 63),
    to: text(raw.to, 63),
  };
}

export const hopsOf = (search: DependenciesSearch) => search.hops ?? 1;
export const directionOf = (search: DependenciesSearch): Direction => search.direction ?? "both";

export type EdgeKind = "declared" | "grpc" | "both";

export function kindOf(edge: DependencyEdge): EdgeKind {
  if (!edge.declared) {
    return "grpc";
  }
  return edge.rpcCount > 0 ? "both" : "declared";
}

const GRPC = "grpc:";

/** The key of a gRPC service that nobody provides begins with `grpc:`. */
export const nameOf = (id: string) => (id.startsWith(GRPC) ? id.slice(GRPC.length) : id);

/** May it be put in the centre? Only what is or was in the catalogue. */
export const isService = (node: DependencyNode) => node.kind === "service" || node.tombstoned;

/** How many edges lead from and to a node, itself left out. */
export function degrees(edges: readonly { from: string; to: string }[]) {
  const needs = new Map<string, number>();
  const needed = new Map<string, number>();
  for (const { from, to } of edges) {
    needs.set(from, (needs.get(from) ?? 0) + 1);
    needed.set(to, (needed.get(to) ?? 0) + 1);
  }
  return (id: string) => ({ needs: needs.get(id) ?? 0, needed: needed.get(id) ?? 0 });
}

/** Nodes that are known to be services, for the links of the list. */
export function servicesOf(graph: DependencyGraph): Set<string> {
  return new Set(graph.nodes.filter(isService).map((node) => node.id));
}

/** One team with its neighbours, or all; those with the most edges are drawn. */
export function drawnTeams(all: DependencyTeams, team: string | undefined) {
  const edges = team ? all.edges.filter(({ from, to }) => from === team || to === team) : all.edges;
  const near = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = team ? all.nodes.filter(({ id }) => id === team || near.has(id)) : all.nodes;
  const degree = degrees(edges);
  const weight = ({ id }: DependencyTeam) => degree(id).needs + degree(id).needed;
  const drawn =
    nodes.length > DRAWN ? [...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, DRAWN) : nodes;
  const there = new Set(drawn.map(({ id }) => id));
  // An edge of a team to itself says nothing that a picture could show.
  const between = edges.filter(({ from, to }) => there.has(from) && there.has(to) && from !== to);
  return {
    edges,
    nodes: drawn,
    drawn: between,
    nodesLeft: nodes.length - drawn.length,
  };
}
