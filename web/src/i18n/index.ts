// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext } from "react";
import type { Language } from "@/lib/prefs";
import { type Format, formatOf } from "./format";
import type { Messages } from "./ja";

export interface I18n {
  language: Language;
  t: Messages;
  f: Format;
}

/** Each language is a file of its own: nobody loads the one that is not used. */
const MESSAGES: Record<Language, () => Promise<Messages>> = {
  en: async () => (await import("./en")).en,
  ja: async () => (await import("./ja")).ja,
};

export async function loadI18n(language: Language): Promise<I18n> {
  return { language, t: await MESSAGES[language](), f: formatOf(language) };
}

export const I18nContext = createContext<I18n | undefined>(undefined);

/** Texts (`t`) and formats (`f`) of the language in use. */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) {
    throw new Error("useI18n outside of I18nProvider");
  }
  return i18n;
}
