// SPDX-License-Identifier: Apache-2.0
import type { Calls, Problem } from "./generated";
import { ApiError, OfflineError } from "./problem";

type Call = keyof Calls;
type Part<C extends Call, K extends string> = Calls[C] extends { [key in K]: infer V } ? V : never;

interface Extra {
  signal?: AbortSignal;
  /** The version of what is changed, as it was read: another one answers 412. */
  version?: number;
}

/** What a call needs, as far as its row in the table of calls names it. */
export type Input<C extends Call> = (Part<C, "path"> extends never
  ? unknown
  : { path: Part<C, "path"> }) &
  (Part<C, "query"> extends never ? unknown : { query?: Part<C, "query"> }) &
  (Part<C, "body"> extends never ? unknown : { body: Part<C, "body"> }) &
  Extra;

interface AnyInput extends Extra {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

let unauthorized: () => Promise<void> | undefined = () => undefined;

/**
 * Called when the server no longer knows who we are (401 of anything but signing in).
 * May answer with a promise that is kept when it knows us again.
 */
export function onUnauthorized(listener: typeof unauthorized): void {
  unauthorized = listener;
}

/** The address of a call: path fields filled in, query fields appended that are given. */
export function address(call: string, input: AnyInput): string {
  const path = call
    .slice(call.indexOf(" ") + 1)
    .replace(/\{(\w+)\}/g, (_all, name) => encodeURIComponent(String(input.path?.[name] ?? "")));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) {
        query.append(name, String(each));
      }
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  let problem: Problem = {
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    instance: response.headers.get("x-request-id") ?? "",
  };
  if (response.headers.get("content-type")?.startsWith("application/problem+json")) {
    try {
      problem = { ...problem, ...(await response.json()) };
    } catch {
      // A cut-off document says no more than the status does.
    }
  }
  return new ApiError(problem, retryAfter);
}

/**
 * One call of the API. ETag and If-None-Match are the browser cache's work:
 * a 304 arrives here as the stored 200.
 */
export async function call<C extends Call>(
  name: C,
  input: Input<C> & AnyInput = {} as Input<C>,
): Promise<Calls[C]["answer"]> {
  const method = name.slice(0, name.indexOf(" "));
  const headers: Record<string, string> = { accept: "application/json" };
  if (input.body !== undefined) {
    headers["content-type"] = "application/json";
  }
  if (input.version !== undefined) {
    headers["if-match"] = `"${input.version}"`;
  }
  let response: Response;
  try {
    response = await fetch(address(name, input), {
      method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      credentials: "same-origin",
      signal: input.signal ?? null,
    });
  } catch (cause) {
    if (input.signal?.aborted) {
      throw cause;
    }
    throw new OfflineError(cause);
  }
  if (!response.ok) {
    if (response.status === 401 && name !== "POST /auth/login") {
      const again = unauthorized();
      // Only what reads can be called off, and it may wait: what is shown stays until then.
      if (again && input.signal) {
        await again;
        return call(name, input);
      }
    }
    throw await problemOf(response);
  }
  if (response.status === 204) {
    return undefined as Calls[C]["answer"];
  }
  try {
    return (await response.json()) as Calls[C]["answer"];
  } catch (cause) {
    throw new OfflineError(cause);
  }
}
