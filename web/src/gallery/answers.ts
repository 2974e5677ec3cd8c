// SPDX-License-Identifier: Apache-2.0
// Fixed answers in place of the server: a page of the gallery sends nothing.
import type { Calls, Problem } from "@/api/generated";

/** The server refuses. */
export class Refusal {
  readonly problem: Problem;
  constructor(status: number, title: string, more: Partial<Problem> = {}) {
    const instance = "6f2d0c1b9a8e4d7f";
    this.problem = { type: "about:blank", title, status, instance, ...more };
  }
}

export const broken = new Refusal(503, "Service Unavailable");
export const internal = new Refusal(500, "Internal Server Error", {
  detail: "the server could not answer",
});

/** Another answer for each thing that is asked for, and for what is asked of it. */
export class ByName {
  constructor(readonly of: (name: string, query: URLSearchParams) => unknown) {}
}

/** The answer is still on its way. */
export const NEVER = Symbol("never");
/** The connection broke. */
export const LOST = Symbol("lost");

export type Answers = { [C in keyof Calls]?: Calls[C]["answer"] | Refusal | ByName | symbol };

/** `GET /api/v1/services/{id}` as an expression for one request. */
function pattern(call: string): RegExp {
  const text = call.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${text}$`);
}

export function answerTo(
  answers: Answers,
  method: string,
  path: string,
  query: URLSearchParams,
): unknown {
  const asked = `${method} ${path}`;
  const found = Object.entries(answers).find(([call]) => pattern(call).test(asked));
  const answer = found ? found[1] : new Refusal(404, "The gallery has no answer to this");
  return answer instanceof ByName
    ? answer.of(decodeURIComponent(path.slice(path.lastIndexOf("/") + 1)), query)
    : answer;
}

function respond(answer: unknown): Promise<Response> {
  if (answer === NEVER) {
    return new Promise(() => {});
  }
  if (answer === LOST) {
    return Promise.reject(new TypeError("no connection"));
  }
  if (answer instanceof Refusal) {
    const { problem } = answer;
    const headers = { "content-type": "application/problem+json" };
    return Promise.resolve(
      new Response(JSON.stringify(problem), { status: problem.status, headers }),
    );
  }
  return Promise.resolve(
    answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer),
  );
}

/** An event stream that is open and says nothing. */
class SilentStream extends EventTarget {
  readyState = 1;
  onerror = null;
  private opened: (() => void) | null = null;
  set onopen(listener: (() => void) | null) {
    this.opened = listener;
    queueMicrotask(() => this.opened?.());
  }
  close() {
    this.opened = null;
  }
}

const RECENT = "mdash.recent";

/**
 * Answers the page until the function that it returns is called. What the
 * screens remember on this device is put back then, too.
 */
export function intercept(answers: () => Answers, recent: unknown): () => void {
  const { fetch: realFetch, EventSource: RealStream } = globalThis;
  const before = localStorage.getItem(RECENT);
  const restore = () => {
    globalThis.fetch = realFetch;
    globalThis.EventSource = RealStream;
    removeEventListener("pagehide", restore);
    if (before === null) {
      localStorage.removeItem(RECENT);
    } else {
      localStorage.setItem(RECENT, before);
    }
  };
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin);
    return respond(answerTo(answers(), init?.method ?? "GET", url.pathname, url.searchParams));
  };
  globalThis.EventSource = SilentStream as unknown as typeof EventSource;
  localStorage.setItem(RECENT, JSON.stringify(recent));
  addEventListener("pagehide", restore);
  return restore;
}
