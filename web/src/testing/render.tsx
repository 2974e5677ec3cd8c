// SPDX-License-Identifier: Apache-2.0
// What components need around them, for tests in jsdom.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterContextProvider,
  RouterProvider,
} from "@tanstack/react-router";
import * as library from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { I18nContext } from "@/i18n";
import { en } from "@/i18n/en";
import { formatOf } from "@/i18n/format";
import { ja } from "@/i18n/ja";
import type { Texts } from "@/i18n/texts";
import type { Language } from "@/lib/prefs";
import { parseSearch, stringifySearch } from "@/lib/search";

/** Features have their texts at hand, as behind their routes. */
const features = import.meta.glob<{ texts: Texts<unknown> }>("../features/**/messages/index.ts", {
  eager: true,
});
for (const { texts } of Object.values(features)) {
  await Promise.all([texts.load("en"), texts.load("ja")]);
}

export const { act, fireEvent, renderHook, screen, waitFor, within } = library;

export const i18nOf = (language: Language) => ({
  language,
  t: language === "ja" ? ja : en,
  f: formatOf(language),
});

/** The page's English texts with those of a feature, as `useI18n` gives them. */
export const inEnglish = <M extends object>(texts: Texts<M>) => ({
  ...en,
  ...(texts.have("en") as M),
});

interface Around {
  language?: Language;
  client?: QueryClient;
}

export function testClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: "always" } },
  });
}

function wrapper({ language = "en", client = testClient() }: Around) {
  const router = createRouter({
    routeTree: createRootRoute(),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  return ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <RouterContextProvider router={router as never}>
        <I18nContext value={i18nOf(language)}>{children}</I18nContext>
      </RouterContextProvider>
    </QueryClientProvider>
  );
}

/** With texts and queries, at an address where nothing else is. */
export function render(ui: ReactElement, around: Around = {}) {
  return library.render(ui, { wrapper: wrapper(around) });
}

/** In a page that has an address, for what holds links: any path shows it. */
export async function renderPage(ui: ReactElement, around: Around & { path?: string } = {}) {
  const root = createRootRoute();
  const all = createRoute({ getParentRoute: () => root, path: "$", component: () => ui });
  const router = createRouter({
    routeTree: root.addChildren([all]),
    history: createMemoryHistory({ initialEntries: [around.path ?? "/"] }),
    parseSearch,
    stringifySearch,
  });
  const view = library.render(<RouterProvider router={router as never} />, {
    wrapper: wrapper(around),
  });
  await act(() => router.load());
  return { ...view, router };
}
