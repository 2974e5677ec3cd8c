// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ChangeHint } from "./generated";
import {
  type Changes,
  COALESCE_MS,
  coalesce,
  HIDDEN_MS,
  LiveFeed,
  type LiveState,
  POLL_MS,
  parseHint,
  type Source,
} from "./sse";

const CONNECTING = 0;
const CLOSED = 2;

class TestSource implements Source {
  readyState = CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  private listener: ((event: { data: string }) => void) | undefined;
  addEventListener(_name: string, listener: (event: { data: string }) => void) {
    this.listener = listener;
  }
  close() {
    this.readyState = CLOSED;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  /** The connection broke; the browser tries again by itself, or gave up. */
  fail(state = CONNECTING) {
    this.readyState = state;
    this.onerror?.();
  }
  say(data: unknown) {
    this.listener?.({ data: typeof data === "string" ? data : JSON.stringify(data) });
  }
}

const change = (subject: string, type = "service.updated") => ({ type, kind: "service", subject });
const hint = (subject: string, part: Partial<ChangeHint> = {}): ChangeHint => ({
  cursor: `c-${subject}`,
  all: false,
  changes: [change(subject)],
  ...part,
});

let sources: TestSource[];
let states: LiveState[];
let changes: Changes[];
let polled: Changes | undefined;
let polls: number;
let feed: LiveFeed;

const source = () => sources.at(-1) as TestSource;
const state = () => states.at(-1);

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  sources = [];
  states = [];
  changes = [];
  polls = 0;
  polled = { all: false, changes: [] };
  feed = new LiveFeed({
    open: () => {
      sources.push(new TestSource());
      return source();
    },
    poll: async () => {
      polls += 1;
      return polled;
    },
    onChanges: (next) => changes.push(next),
    onState: (next) => states.push(next),
  });
});

describe("hints", () => {
  test("several are one, without doubles", () => {
    expect(coalesce([hint("a"), hint("b"), hint("a")])).toEqual({
      all: false,
      changes: [change("a"), change("b")],
    });
    expect(coalesce([hint("a"), hint("", { all: true, changes: [] })]).all).toBe(true);
  });

  test.each(["", "{", "null", "7", '"x"', '{"changes": 3}', "{}"])("%j is none", (data) =>
    expect(parseHint(data)).toBeUndefined(),
  );

  test("are handed on together, half a second after the first", () => {
    feed.start();
    source().open();
    source().say(hint("a"));
    vi.advanceTimersByTime(COALESCE_MS - 1);
    source().say(hint("b"));
    expect(changes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(changes).toEqual([{ all: false, changes: [change("a"), change("b")] }]);
  });

  test("that make no sense are passed over", () => {
    feed.start();
    source().open();
    source().say("not json");
    vi.advanceTimersByTime(10_000);
    expect(changes).toEqual([]);
    expect(state()).toEqual({ kind: "live" });
  });
});

describe("a stream that breaks", () => {
  test("and comes back by itself has missed nothing", () => {
    feed.start();
    source().open();
    source().fail();
    expect(state()).toMatchObject({ kind: "reconnecting" });
    source().open();
    expect(state()).toEqual({ kind: "live" });
    expect(sources).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  test("and was given up by the browser is opened anew, and everything read again", () => {
    feed.start();
    source().open();
    source().fail(CLOSED);
    expect(state()).toEqual({ kind: "reconnecting", retryAt: 1_002_000 });
    vi.advanceTimersByTime(1999);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(2);
    source().open();
    expect(changes).toEqual([{ all: true, changes: [] }]);
  });

  test("is tried ever more rarely", () => {
    feed.start();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = sources.length;
      const from = Date.now();
      source().fail(CLOSED);
      while (sources.length === before) {
        vi.advanceTimersByTime(500);
      }
      waits.push(Date.now() - from);
    }
    expect(waits).toEqual([2000, 5000, 10_000, 30_000, 30_000]);
  });

  test("does not wait when the network is back", () => {
    feed.start();
    source().fail(CLOSED);
    feed.retry();
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(sources).toHaveLength(2);
  });
});

describe("after two failures", () => {
  async function failTwice() {
    feed.start();
    source().open();
    source().fail(CLOSED);
    await vi.advanceTimersByTimeAsync(2000);
    source().fail(CLOSED);
    await vi.advanceTimersByTimeAsync(0);
  }

  test("the log is read, at once and every 30 seconds", async () => {
    polled = { all: false, changes: [change("a")] };
    await failTwice();
    expect(polls).toBe(1);
    expect(state()).toEqual({ kind: "polling", retryAt: Date.now() + POLL_MS });
    expect(changes).toEqual([polled]);
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(polls).toBe(2);
  });

  test("nothing new in the log is no change", async () => {
    await failTwice();
    expect(changes).toEqual([]);
  });

  test("no answer to that either means offline since the last sign of life", async () => {
    polled = undefined;
    await failTwice();
    expect(state()).toEqual({
      kind: "offline",
      since: 1_000_000,
      retryAt: Date.now() + POLL_MS,
    });
  });

  test("the stream ends the polling when it is back", async () => {
    await failTwice();
    await vi.advanceTimersByTimeAsync(5000);
    source().open();
    expect(state()).toEqual({ kind: "live" });
    await vi.advanceTimersByTimeAsync(10 * POLL_MS);
    expect(polls).toBe(1);
    expect(changes).toEqual([{ all: true, changes: [] }]);
  });

  test("an answer that comes after the stream is back says nothing", async () => {
    let reply: (changes: Changes) => void = () => {};
    feed = new LiveFeed({
      open: () => {
        sources.push(new TestSource());
        return source();
      },
      poll: () => new Promise((resolve) => (reply = resolve)),
      onChanges: (next) => changes.push(next),
      onState: (next) => states.push(next),
    });
    await failTwice();
    await vi.advanceTimersByTimeAsync(5000);
    source().open();
    reply({ all: false, changes: [change("late")] });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toEqual({ kind: "live" });
    expect(changes).toEqual([{ all: true, changes: [] }]);
  });
});

describe("a hidden tab", () => {
  test("closes the stream after five minutes, and catches up when it is seen", () => {
    feed.start();
    source().open();
    feed.visible(false);
    vi.advanceTimersByTime(HIDDEN_MS - 1);
    expect(source().readyState).not.toBe(CLOSED);
    vi.advanceTimersByTime(1);
    expect(source().readyState).toBe(CLOSED);
    expect(state()).toEqual({ kind: "paused" });
    feed.visible(true);
    expect(sources).toHaveLength(2);
    source().open();
    expect(changes).toEqual([{ all: true, changes: [] }]);
  });

  test("that was away for a moment keeps its stream", () => {
    feed.start();
    source().open();
    feed.visible(false);
    vi.advanceTimersByTime(60_000);
    feed.visible(true);
    vi.advanceTimersByTime(HIDDEN_MS);
    expect(sources).toHaveLength(1);
    expect(state()).toEqual({ kind: "live" });
  });
});

test("a feed that was stopped leaves nothing behind", () => {
  feed.start();
  source().open();
  source().say(hint("a"));
  source().fail(CLOSED);
  feed.visible(false);
  feed.stop();
  expect(vi.getTimerCount()).toBe(0);
  expect(changes).toEqual([]);
});
