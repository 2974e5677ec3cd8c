// SPDX-License-Identifier: Apache-2.0
import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "@/api/client";
import { affected } from "@/api/keys";
import { isStatus } from "@/api/problem";
import { type Changes, coalesce, LiveFeed, type LiveState, type Source } from "@/api/sse";
import { createStore } from "@/lib/store";

/** Where in the event log we are: told by hints, and by reading the log. */
let cursor = "now";
const state = createStore<LiveState>({ kind: "connecting" });

export const useLiveState = state.use;

/**
 * What the log says since the cursor. A cursor that the server no longer knows
 * means that anything may have changed.
 */
async function pollLog(): Promise<Changes | undefined> {
  const from = cursor;
  try {
    const events = await call("GET /api/v1/events", { query: { after: from, limit: 500 } });
    cursor = events.next;
    const changes = coalesce([{ cursor: events.next, all: from === "now", changes: events.items }]);
    return changes;
  } catch (error) {
    if (isStatus(error, 410) || isStatus(error, 422)) {
      cursor = "now";
      return { all: true, changes: [] };
    }
    return undefined;
  }
}

/** Marks what changed as out of date; what is on the screen is read again at once. */
export function applyChanges(client: QueryClient, { all, changes }: Changes): void {
  if (all) {
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "asof" });
    return;
  }
  for (const queryKey of affected(changes)) {
    client.invalidateQueries({ queryKey });
  }
}

/** Keeps the page up to date for as long as somebody is signed in. */
export function useLiveUpdates(client: QueryClient, on: boolean): void {
  useEffect(() => {
    if (!on) {
      return;
    }
    const feed = new LiveFeed({
      open: () => new EventSource("/events/stream") as unknown as Source,
      poll: pollLog,
      onHint: (hint) => {
        cursor = hint.cursor;
      },
      onChanges: (changes) => applyChanges(client, changes),
      onState: state.set,
    });
    const seen = () => feed.visible(document.visibilityState === "visible");
    const back = () => feed.retry();
    feed.start();
    document.addEventListener("visibilitychange", seen);
    addEventListener("online", back);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("online", back);
      feed.stop();
    };
  }, [client, on]);
}
