// SPDX-License-Identifier: Apache-2.0
import { createContext, use, useContext } from "react";
import type { Language } from "@/lib/prefs";
import { type Format, formatOf } from "./format";
import type { Messages } from "./ja";
import { loadAsked, type Texts } from "./texts";

export interface I18n<M = Messages> {
  language: Language;
  t: M;
  f: Format;
}

/** Each language is a file of its own: nobody loads the one that is not used. */
const MESSAGES: Record<Language, () => Promise<Messages>> = {
  en: async () => (await import("./en")).en,
  ja: async () => (await import("./ja")).ja,
};

export async function loadI18n(language: Language): Promise<I18n> {
  const [t] = await Promise.all([MESSAGES[language](), loadAsked(language)]);
  return { language, t, f: formatOf(language) };
}

export const I18nContext = createContext<I18n | undefined>(undefined);

/** The page's texts with those of a feature, joined once. */
const joined = new WeakMap<object, Messages>();

function join<M extends object>(t: Messages, own: M): Messages & M {
  const all = joined.get(own) ?? { ...t, ...own };
  joined.set(own, all);
  return all as Messages & M;
}

/**
 * Texts (`t`) and formats (`f`) of the language in use; with `texts` also those
 * of a feature. Its route has loaded them (`withTexts`); else the screen waits.
 */
export function useI18n(): I18n;
export function useI18n<M extends object>(texts: Texts<M>): I18n<Messages & M>;
export function useI18n<M extends object>(texts?: Texts<M>): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) {
    throw new Error("useI18n outside of I18nProvider");
  }
  if (!texts) {
    return i18n;
  }
  // Without a condition: React, which calls a component again when what it
  // waited for has come, counts its hooks from here.
  const own = use(texts.load(i18n.language));
  return { ...i18n, t: join(i18n.t, own) };
}
