// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { DependencyTeams } from "@/api/generated";
import { drawnTeams, kindOf, nameOf, readDependencies } from "./model";
import { nearest } from "./nearest";
import { fitted, revealed, zoomed } from "./usePanZoom";

const team = (id: string) => ({ id, kind: "team" as const, services: 1 });

describe("the address", () => {
  it("takes what it knows and drops what is wrong", () => {
    expect(readDependencies({ center: "a", hops: "2", direction: "dependents" })).toMatchObject({
      center: "a",
      hops: 2,
      direction: "dependents",
    });
    expect(readDependencies({ hops: "4", direction: "up" })).toMatchObject({
      hops: undefined,
      direction: undefined,
    });
  });
});

describe("edges", () => {
  it("are by dependsOn, by RPCs or by both", () => {
    const edge = { from: "a", to: "b", rpcs: [], rpcCount: 0, declared: true };
    expect(kindOf(edge)).toBe("declared");
    expect(kindOf({ ...edge, rpcCount: 2 })).toBe("both");
    expect(kindOf({ ...edge, rpcCount: 2, declared: false })).toBe("grpc");
    expect(nameOf("grpc:acme.v1.A")).toBe("acme.v1.A");
  });
});

describe("teams", () => {
  const all: DependencyTeams = {
    by: "team",
    nodes: [team("a"), team("b"), team("c")],
    edges: [
      { from: "a", to: "a", pairs: 3 },
      { from: "a", to: "b", pairs: 2 },
      { from: "b", to: "c", pairs: 1 },
    ],
    edgesLeftOut: 0,
  };

  it("are drawn without what they need of themselves, which the list has", () => {
    const shown = drawnTeams(all, undefined);
    expect(shown.drawn).toHaveLength(2);
    expect(shown.edges).toHaveLength(3);
  });

  it("may be one with its neighbours", () => {
    const shown = drawnTeams(all, "a");
    expect(shown.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("are 150 at most, those with the most edges", () => {
    const many = {
      ...all,
      nodes: [...Array.from({ length: 160 }, (_, i) => team(`t${i}`)), ...all.nodes],
    };
    const shown = drawnTeams(many, undefined);
    expect(shown.nodes).toHaveLength(150);
    expect(shown.nodesLeft).toBe(13);
    expect(shown.nodes.map(({ id }) => id)).toContain("b");
  });
});

describe("moving about", () => {
  const places = {
    a: { x: 0, y: 0 },
    b: { x: 100, y: 10 },
    c: { x: 100, y: 90 },
    d: { x: 0, y: 80 },
  };

  it("arrow keys go to the nearest node in their direction", () => {
    expect(nearest(places, "a", { x: 1, y: 0 })).toBe("b");
    expect(nearest(places, "a", { x: 0, y: 1 })).toBe("d");
    expect(nearest(places, "c", { x: -1, y: 0 })).toBe("d");
    expect(nearest(places, "a", { x: -1, y: 0 })).toBeUndefined();
  });

  it("a picture fits its frame and keeps the point that is zoomed at", () => {
    const view = fitted({ width: 2000, height: 100 }, { width: 1000, height: 400 });
    expect(view).toEqual({ scale: 0.5, x: 0, y: 175 });
    const closer = zoomed(view, 2, { x: 500, y: 200 });
    expect((500 - closer.x) / closer.scale).toBeCloseTo((500 - view.x) / view.scale);
    expect(zoomed(view, 100, { x: 0, y: 0 }).scale).toBe(2);
  });

  it("a node outside the frame is brought in", () => {
    const frame = { width: 1000, height: 400 };
    const view = { scale: 1, x: 0, y: 0 };
    expect(revealed(view, { x: 500, y: 200 }, frame)).toBe(view);
    expect(revealed(view, { x: 1500, y: 200 }, frame).x).toBeLessThan(-500);
    expect(revealed(view, { x: -50, y: 200 }, frame).x).toBeGreaterThan(50);
  });
});
