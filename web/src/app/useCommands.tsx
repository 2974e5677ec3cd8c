// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Command } from "@/features/palette/model";
import { signOut } from "@/features/session/api";
import { useI18n } from "@/i18n";
import { copyText } from "@/lib/clipboard";
import { type Density, type Language, setPrefs, type Theme } from "@/lib/prefs";
import { toast } from "@/ui/Toast";

/** Ends the session and goes to the sign-in screen, whatever the server says. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(async () => {
    await signOut().catch(() => undefined);
    await router.navigate({ to: "/sign-in", search: { out: true } });
    client.clear();
  }, [client, router]);
}

/** What the palette can do besides finding things. */
export function useCommands(onHelp: () => void) {
  const { t } = useI18n();
  const router = useRouter();
  const leave = useSignOut();
  const a = t.palette.action;
  const go = (href: string) => router.history.push(href);
  const copy = async () => {
    const done = await copyText(location.href);
    toast(done ? t.common.copied : t.common.copyFailed, done ? "ok" : "bad");
  };
  const to = (id: string, label: string, href: string): Command => ({
    id,
    label,
    run: () => go(href),
  });
  const theme = (value: Theme, label: string): Command => ({
    id: `theme-${value}`,
    label,
    run: () => setPrefs({ theme: value }),
  });
  const language = (value: Language, label: string): Command => ({
    id: `language-${value}`,
    label,
    lang: value,
    run: () => setPrefs({ language: value }),
  });
  const density = (value: Density, label: string): Command => ({
    id: `density-${value}`,
    label,
    run: () => setPrefs({ density: value }),
  });
  const list: Command[] = [
    { ...to("services", a.goServices, "/services"), keys: "g s" },
    { ...to("teams", a.goTeams, "/teams"), keys: "g t" },
    { ...to("dependencies", a.goDependencies, "/dependencies"), keys: "g d" },
    { ...to("apis", a.goApis, "/apis"), keys: "g a" },
    { ...to("mine", a.goMine, "/todos"), keys: "g m" },
    { ...to("campaigns", a.goCampaigns, "/campaigns"), keys: "g c" },
    to("new-campaign", a.newCampaign, "/new-campaign"),
    to("unowned", a.goUnowned, "/services?team=-"),
    to("publishes", a.goPublishes, "/publishes"),
    to("jobs", a.goJobs, "/jobs"),
    to("tokens", a.goTokens, "/settings/tokens"),
    to("preferences", a.goPreferences, "/settings/preferences"),
    { id: "copy-link", label: a.copyLink, run: copy },
    theme("light", a.themeLight),
    theme("dark", a.themeDark),
    theme("system", a.themeSystem),
    language("ja", a.languageJa),
    language("en", a.languageEn),
    density("comfortable", a.densityComfortable),
    density("compact", a.densityCompact),
    { id: "help", label: a.help, keys: "?", run: onHelp },
    { id: "sign-out", label: a.signOut, run: leave },
  ];
  return { list, go };
}
