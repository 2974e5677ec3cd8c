// SPDX-License-Identifier: Apache-2.0
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterContextProvider, RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { createQueries } from "@/app/queries";
import { createPageRouter } from "@/routes/router";
import { intercept } from "./answers";
import styles from "./Gallery.module.css";
import type { Scene } from "./scene";

const POLL_MS = 50;
/** So often in a row nothing may be under way: one thing that came asks for the next. */
const CALM = 3;
/** After which a skeleton is shown, and what moved has come to rest. */
const SETTLE_MS = 400;

/** A page of its own, whose address is in memory; failed requests are not repeated. */
function createPage(path: string) {
  const client = createQueries();
  const { queries, ...others } = client.getDefaultOptions();
  client.setDefaultOptions({
    ...others,
    queries: { ...queries, retry: false, refetchInterval: false },
  });
  const history = createMemoryHistory({ initialEntries: [path] });
  return { client, router: createPageRouter(client, history) };
}

type Page = ReturnType<typeof createPage>;

/** The page itself at one address, with fixed answers. */
export function Stage({ scene }: { scene: Scene }) {
  const [page, setPage] = useState<Page>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let answers = scene.answers;
    const restore = intercept(() => answers, scene.recent ?? []);
    const made = createPage(scene.path);
    setPage(made);
    let rest: ReturnType<typeof setTimeout>;
    let calm = 0;
    let asked = !scene.later;
    const presses = [...(scene.press ?? [])];
    const timer = setInterval(() => {
      const busy = made.client.isFetching() && !scene.waits;
      calm = made.router.state.status !== "idle" || busy ? 0 : calm + 1;
      if (calm < CALM) {
        return;
      }
      if (scene.later && !asked) {
        asked = true;
        answers = { ...answers, ...scene.later };
        made.client.invalidateQueries();
        return;
      }
      const target = presses[0] && document.querySelector<HTMLElement>(presses[0]);
      if (presses.length > 0) {
        if (target) {
          presses.shift();
          target.click();
        }
        return;
      }
      clearInterval(timer);
      rest = setTimeout(() => setReady(true), SETTLE_MS);
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(rest);
      restore();
    };
  }, [scene]);
  return (
    <div className={styles.stage} data-gallery={ready ? "ready" : "busy"}>
      {page && (
        <QueryClientProvider client={page.client}>
          <RouterProvider router={page.router} />
          {scene.over && (
            <RouterContextProvider router={page.router}>{scene.over}</RouterContextProvider>
          )}
        </QueryClientProvider>
      )}
    </div>
  );
}
