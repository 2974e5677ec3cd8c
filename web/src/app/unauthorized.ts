// SPDX-License-Identifier: Apache-2.0
import type { QueryClient } from "@tanstack/react-query";
import { onUnauthorized } from "@/api/client";
import { keys } from "@/api/keys";
import { createStore } from "@/lib/store";

/** What of the router is used. */
interface Page {
  history: { replace(path: string): void };
}

const ended = createStore(false);

export const setSessionEnded = ended.set;

/** Kept when somebody has signed in again. */
function signedInAgain(): Promise<void> {
  return new Promise((resolve) => {
    const stop = ended.subscribe(() => {
      stop();
      resolve();
    });
  });
}

/** True from the first 401 of a page that was signed in, until somebody signs in again. */
export const useSessionEnded = ended.use;

/**
 * The server does not know us. Whoever has just come is sent to the sign-in
 * screen; for a page in use the session ended, so it stays and only asks.
 */
export function followUnauthorized(client: QueryClient, page: Page): void {
  onUnauthorized(() => {
    const { pathname, search } = location;
    if (pathname === "/sign-in") {
      return undefined;
    }
    if (client.getQueryData(keys.session)) {
      setSessionEnded(true);
      return signedInAgain();
    }
    page.history.replace(`/sign-in?returnTo=${encodeURIComponent(pathname + search)}`);
    return undefined;
  });
}
