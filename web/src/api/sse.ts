// SPDX-License-Identifier: Apache-2.0
import type { ChangeHint } from "./generated";

export type LiveState =
  | { kind: "connecting" }
  | { kind: "live" }
  /** The stream is down; the next try is at `retryAt`. */
  | { kind: "reconnecting"; retryAt: number }
  /** Two tries failed, but the event log can be read: it is, every 30 s. */
  | { kind: "polling"; retryAt: number }
  /** Neither stream nor log answer. `since` = last sign of life. */
  | { kind: "offline"; since: number; retryAt: number }
  /** Hidden for five minutes: closed until the tab is seen again. */
  | { kind: "paused" };

/** What several hints together say: named changes, or that everything may have changed. */
export interface Changes {
  all: boolean;
  changes: ChangeHint["changes"];
}

/** The part of EventSource that is used, so that tests can stand in for it. */
export interface Source {
  readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(name: string, listener: (event: { data: string }) => void): void;
  close(): void;
}

export interface FeedOptions {
  open: () => Source;
  /** Reads what happened since the last hint; undefined = no answer. */
  poll: () => Promise<Changes | undefined>;
  onHint?: (hint: ChangeHint) => void;
  onChanges: (changes: Changes) => void;
  onState: (state: LiveState) => void;
  now?: () => number;
}

export const COALESCE_MS = 500;
export const POLL_MS = 30_000;
export const HIDDEN_MS = 300_000;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000];
const FAILURES_TO_POLL = 2;
const CLOSED = 2;

/** Several hints as one: no change twice, and `all` if any says so. */
export function coalesce(hints: readonly ChangeHint[]): Changes {
  const seen = new Map<string, ChangeHint["changes"][number]>();
  for (const change of hints.flatMap((hint) => hint.changes)) {
    seen.set(`${change.type} ${change.kind} ${change.subject}`, change);
  }
  return { all: hints.some((hint) => hint.all), changes: [...seen.values()] };
}

export function parseHint(data: string): ChangeHint | undefined {
  try {
    const hint = JSON.parse(data);
    return Array.isArray(hint?.changes) ? hint : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The page's one event stream. Hints are handed on at most every 500 ms. A
 * stream that the browser re-opens by itself continues where it was; one that
 * we must open anew may have missed something, so it asks for everything.
 */
export class LiveFeed {
  private readonly options: FeedOptions;
  private readonly now: () => number;
  private source: Source | undefined;
  private hints: ChangeHint[] = [];
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setInterval> | undefined;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private missed = false;
  private lastAlive: number;

  constructor(options: FeedOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.lastAlive = this.now();
  }

  start(): void {
    this.options.onState({ kind: "connecting" });
    this.connect();
  }

  stop(): void {
    this.close();
    clearTimeout(this.hiddenTimer);
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.hints = [];
  }

  /** Tab shown or hidden. */
  visible(shown: boolean): void {
    clearTimeout(this.hiddenTimer);
    if (shown) {
      if (!this.source && this.retryTimer === undefined) {
        this.missed = true;
        this.start();
      }
      return;
    }
    this.hiddenTimer = setTimeout(() => {
      this.close();
      this.options.onState({ kind: "paused" });
    }, HIDDEN_MS);
  }

  /** Try at once, e.g. because the browser says that the network is back. */
  retry(): void {
    if (this.retryTimer !== undefined) {
      clearTimeout(this.retryTimer);
      this.retryTimer = undefined;
      this.connect();
    }
  }

  private connect(): void {
    const source = this.options.open();
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed();
    source.addEventListener("change", (event) => this.received(event.data));
  }

  private opened(): void {
    this.failures = 0;
    this.lastAlive = this.now();
    this.stopPolling();
    this.options.onState({ kind: "live" });
    if (this.missed) {
      this.missed = false;
      this.options.onChanges({ all: true, changes: [] });
    }
  }

  private received(data: string): void {
    this.lastAlive = this.now();
    const hint = parseHint(data);
    if (!hint) {
      return;
    }
    this.options.onHint?.(hint);
    this.hints.push(hint);
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = undefined;
      const hints = this.hints;
      this.hints = [];
      this.options.onChanges(coalesce(hints));
    }, COALESCE_MS);
  }

  private failed(): void {
    this.failures += 1;
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1] ?? 0;
    const retryAt = this.now() + wait;
    // While it is not closed, the browser re-opens it and sends Last-Event-ID.
    if (this.source?.readyState === CLOSED || this.failures >= FAILURES_TO_POLL) {
      this.missed = true;
      this.source?.close();
      this.source = undefined;
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => {
        this.retryTimer = undefined;
        this.connect();
      }, wait);
    }
    if (this.failures < FAILURES_TO_POLL) {
      this.options.onState({ kind: "reconnecting", retryAt });
      return;
    }
    if (this.pollTimer === undefined) {
      this.options.onState({ kind: "reconnecting", retryAt });
      this.pollTimer = setInterval(() => this.poll(), POLL_MS);
      this.poll();
    }
  }

  private async poll(): Promise<void> {
    const timer = this.pollTimer;
    const changes = await this.options.poll();
    if (timer === undefined || timer !== this.pollTimer) {
      return; // the stream is back, or nobody looks any more
    }
    const retryAt = this.now() + POLL_MS;
    if (!changes) {
      this.options.onState({ kind: "offline", since: this.lastAlive, retryAt });
      return;
    }
    this.lastAlive = this.now();
    this.options.onState({ kind: "polling", retryAt });
    if (changes.all || changes.changes.length > 0) {
      this.options.onChanges(changes);
    }
  }

  private stopPolling(): void {
    clearInterval(this.pollTimer);
    this.pollTimer = undefined;
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.stopPolling();
    this.failures = 0;
  }
}
