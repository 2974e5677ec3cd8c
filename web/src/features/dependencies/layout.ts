// SPDX-License-Identifier: Apache-2.0
// Arranging a graph in layers from left to right, off the main thread.
import { useEffect, useState } from "react";
import workerUrl from "./layout.worker?worker&url";

export interface Size {
  id: string;
  width: number;
  height: number;
}

export interface Link {
  from: string;
  to: string;
}

export interface Point {
  x: number;
  y: number;
}

/** Middles of the nodes, and the points that each edge goes through. */
export interface Layout {
  width: number;
  height: number;
  nodes: Record<string, Point>;
  edges: Point[][];
}

export interface Question {
  nodes: Size[];
  edges: Link[];
}

interface Policy {
  createScriptURL: (url: string) => string;
}
interface PolicyFactory {
  createPolicy: (name: string, rules: Policy) => Policy;
}

/** Trusted Types are enforced: only the address of our own worker passes. */
function trusted(): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy("mdash-layout", { createScriptURL: () => workerUrl });
  return policy ? policy.createScriptURL(workerUrl) : workerUrl;
}
let policy: Policy | undefined;

interface Asked {
  question: Question;
}

/** The last thing that has been arranged; `of` is what it was asked for. */
export interface Arranged<A extends Asked> {
  of: A;
  layout: Layout | "failed";
}

/**
 * Undefined until the first answer. While a new question is being worked out the
 * answer to the one before stays; what it asked is stopped.
 */
export function useLayout<A extends Asked>(asked: A): Arranged<A> | undefined {
  const [state, setState] = useState<Arranged<A>>();
  useEffect(() => {
    const worker = new Worker(trusted(), { type: "module" });
    worker.onmessage = (event: MessageEvent<Layout>) => setState({ of: asked, layout: event.data });
    worker.onerror = () => setState({ of: asked, layout: "failed" });
    worker.postMessage(asked.question);
    return () => worker.terminate();
  }, [asked]);
  return state;
}
