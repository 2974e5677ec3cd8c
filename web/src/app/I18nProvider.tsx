// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useState } from "react";
import { type I18n, I18nContext, loadI18n } from "@/i18n";
import { usePrefs } from "@/lib/prefs";

/**
 * Texts and formats in the language that was chosen. The old language stays
 * until the other one is here, and when it cannot be loaded.
 */
export function I18nProvider({ start, children }: { start: I18n; children: ReactNode }) {
  const { language } = usePrefs();
  const [i18n, setI18n] = useState(start);
  useEffect(() => {
    let wanted = true;
    loadI18n(language).then(
      (loaded) => wanted && setI18n(loaded),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [language]);
  return <I18nContext value={i18n}>{children}</I18nContext>;
}
