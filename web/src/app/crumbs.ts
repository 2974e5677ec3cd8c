// SPDX-License-Identifier: Apache-2.0

import type { Messages } from "@/i18n/ja";
import { fromAddress, SCREENS } from "@/lib/symbolAddress";
import type { Crumb } from "@/ui/Shell";

/** Below a repository of gRPC APIs; anything else there is the name of a symbol. */
const API_SCREENS: readonly string[] = SCREENS;

/** What is below these has a number and no name. */
const NUMBERED = ["publishes", "todos"];

/** The way from the start to a screen, by its address. */
export function crumbsOf(path: string, t: Messages): Crumb[] {
  const [area = "", name = "", part = ""] = path.split("/").filter(Boolean).map(decoded);
  const areas: Record<string, Crumb> = {
    services: { label: t.nav.services, to: "/services" },
    teams: { label: t.nav.teams, to: "/teams" },
    dependencies: { label: t.nav.dependencies, to: "/dependencies" },
    apis: { label: t.nav.apis, to: "/apis" },
    todos: { label: t.nav.mine, to: "/todos" },
    campaigns: { label: t.nav.campaigns, to: "/campaigns" },
    publishes: { label: t.nav.publishes, to: "/publishes" },
    jobs: { label: t.nav.jobs, to: "/jobs" },
    settings: { label: t.nav.settings, to: "/settings/preferences" },
    gallery: { label: t.gallery.title, to: "/gallery" },
  };
  const settings: Record<string, string> = {
    tokens: t.nav.tokens,
    webhooks: t.nav.webhooks,
    preferences: t.nav.preferences,
  };
  if (area === "new-campaign") {
    return [{ label: t.nav.campaigns, to: "/campaigns" }, { label: t.nav.newCampaign }];
  }
  const first = areas[area];
  if (!first) {
    return [{ label: t.error.notFoundPage }];
  }
  if (area === "apis" && name && part && !API_SCREENS.includes(part)) {
    const label = fromAddress(part) || t.symbol.package;
    return [first, { label: name, to: `/apis/${encodeURIComponent(name)}` }, { label }];
  }
  const label =
    area === "settings" ? settings[name] : NUMBERED.includes(area) && name ? `#${name}` : name;
  return label ? [first, { label }] : [first];
}

/** An address that a person typed may hold a broken escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
