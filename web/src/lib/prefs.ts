// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";
import { load, save } from "./storage";

export type Theme = "system" | "light" | "dark";
export type Language = "ja" | "en";
export type Density = "comfortable" | "compact";

/** What a person chose on this device. src/boot/theme.js reads the same key before the first paint. */
export interface Prefs {
  theme: Theme;
  language: Language;
  density: Density;
}

const KEY = "mdash.prefs";
const listeners = new Set<() => void>();

export function readPrefs(stored: unknown, browserLanguage: string): Prefs {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Record<
    string,
    unknown
  >;
  const language = typeof from.language === "string" ? from.language : browserLanguage;
  return {
    theme: from.theme === "light" || from.theme === "dark" ? from.theme : "system",
    language: language.toLowerCase().startsWith("ja") ? "ja" : "en",
    density: from.density === "compact" ? "compact" : "comfortable",
  };
}

let current = readPrefs(load(KEY), navigator.language || "en");

function show(prefs: Prefs) {
  const root = document.documentElement;
  root.lang = prefs.language;
  if (prefs.theme === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = prefs.theme;
  }
  if (prefs.density === "compact") {
    root.dataset.density = "compact";
  } else {
    delete root.dataset.density;
  }
}

export function setPrefs(change: Partial<Prefs>): void {
  current = { ...current, ...change };
  save(KEY, current);
  show(current);
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void) {
  // Another tab of the same browser may change them, too.
  const fromStorage = (event: StorageEvent) => {
    if (event.key === KEY) {
      current = readPrefs(load(KEY), navigator.language || "en");
      show(current);
      listener();
    }
  };
  listeners.add(listener);
  addEventListener("storage", fromStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", fromStorage);
  };
}

export const currentPrefs = (): Prefs => current;

export function usePrefs(): Prefs {
  return useSyncExternalStore(subscribe, currentPrefs);
}
