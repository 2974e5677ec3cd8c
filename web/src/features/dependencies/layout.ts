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

type State = { question: Question } & ({ layout: Layout } | { failed: true });

/** Undefined while it is being worked out; a new question stops the old one. */
export function useLayout(question: Question): Layout | "failed" | undefined {
  const [state, setState] = useState<State>();
  useEffect(() => {
    const worker = new Worker(trusted(), { type: "module" });
    worker.onmessage = (event: MessageEvent<Layout>) => setState({ question, layout: event.data });
    worker.onerror = () => setState({ question, failed: true });
    worker.postMessage(question);
    return () => worker.terminate();
  }, [question]);
  if (state?.question !== question) {
    return undefined;
  }
  return "layout" in state ? state.layout : "failed";
}
