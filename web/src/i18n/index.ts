// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext } from "react";
import type { Language } from "@/lib/prefs";
import { en } from "./en";
import { type Format, formatOf } from "./format";
import { ja, type Messages } from "./ja";

export interface I18n {
  language: Language;
  t: Messages;
  f: Format;
}

export function i18nOf(language: Language): I18n {
  return { language, t: language === "ja" ? ja : en, f: formatOf(language) };
}

export const I18nContext = createContext<I18n>(i18nOf("en"));

/** Texts (`t`) and formats (`f`) of the language in use. */
export function useI18n(): I18n {
  return useContext(I18nContext);
}
