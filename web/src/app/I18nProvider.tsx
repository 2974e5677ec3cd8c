// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useMemo } from "react";
import { I18nContext, i18nOf } from "@/i18n";
import { usePrefs } from "@/lib/prefs";

/** Texts and formats in the language that was chosen. */
export function I18nProvider({ children }: { children: ReactNode }) {
  const { language } = usePrefs();
  const i18n = useMemo(() => i18nOf(language), [language]);
  return <I18nContext value={i18n}>{children}</I18nContext>;
}
