// SPDX-License-Identifier: Apache-2.0
import type { Problem } from "./generated";

/** The server answered, and said no: its problem document, or what stands for one. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** Seconds after which the server asks to be tried again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** No answer came: no network, the server is away, or the answer broke off. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super("no answer", { cause });
    this.name = "OfflineError";
  }
}

export function isStatus(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status;
}

/** Faults of single fields by JSON Pointer, as `{ name: "…" }`. */
export function fieldFaults(error: unknown): Record<string, string> {
  const faults: Record<string, string> = {};
  if (error instanceof ApiError) {
    for (const fault of error.problem.errors ?? []) {
      const field = fault.pointer.replace(/^#?\//, "").split("/")[0] ?? "";
      faults[field] ??= fault.detail;
    }
  }
  return faults;
}
