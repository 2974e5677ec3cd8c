// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { setPrefs, type Theme, usePrefs } from "@/lib/prefs";
import { Button, IconButton } from "./Button";
import type { IconType } from "./Icon";
import { DarkIcon, LightIcon, SystemThemeIcon } from "./icons";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

export const THEME_ICONS: Record<Theme, IconType> = {
  system: SystemThemeIcon,
  light: LightIcon,
  dark: DarkIcon,
};

/** Steps through system, light, dark. */
export function ThemeButton() {
  const { t } = useI18n();
  const { theme } = usePrefs();
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      label={t.top.theme(t.theme[theme])}
      onClick={() => setPrefs({ theme: NEXT[theme] })}
    />
  );
}

/** To the other language, named in that language. */
export function LanguageButton() {
  const { t, language } = useI18n();
  const other = language === "ja" ? "en" : "ja";
  return (
    <Button
      lang={other}
      title={t.top.language}
      aria-label={t.top.language}
      onClick={() => setPrefs({ language: other })}
    >
      {t.top.languageShort}
    </Button>
  );
}
