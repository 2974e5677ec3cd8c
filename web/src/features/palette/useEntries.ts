// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "@/i18n";
import { recentVisits } from "@/lib/recent";
import { toAddress } from "@/lib/symbolAddress";
import { matches } from "@/lib/text";
import type { IconType } from "@/ui/Icon";
import {
  ActionIcon,
  ApiIcon,
  CampaignIcon,
  ClockIcon,
  ServicesIcon,
  TagIcon,
  TeamsIcon,
} from "@/ui/icons";
import { symbolIcon } from "@/ui/symbols";
import { campaignHitsQuery, searchQuery, tagsQuery, teamNamesQuery } from "./api";
import { type Command, readQuery } from "./model";

/** One line of the palette. */
export interface Entry {
  id: string;
  group: string;
  icon: IconType;
  title: string;
  lang?: "ja" | "en";
  detail?: string | undefined;
  keys?: string | undefined;
  /** Where it leads, or what it does. */
  href?: string;
  run?: () => void;
}

const LISTED = 50;
const serviceHref = (id: string) => `/services/${encodeURIComponent(id)}`;
const teamHref = (name: string) => `/teams/${encodeURIComponent(name)}`;

/** `repository/full.name` of a hit; a repository's name has no slash. */
const symbolHref = (key: string) => {
  const [repository = "", ...name] = key.split("/");
  return `/apis/${encodeURIComponent(repository)}/${encodeURIComponent(toAddress(name.join("/")))}`;
};

const HREF = { service: serviceHref, team: teamHref, symbol: symbolHref };

/** What the text asks for, grouped; and how asking the server went. */
export function useEntries(text: string, commands: readonly Command[]) {
  const { mode, query } = readQuery(text);
  const everything = mode === "everything";
  const hits = useHits(everything ? query : "");
  const tags = useTags(mode === "tags", query);
  const teams = useTeams(mode === "teams", query);
  const recent = useRecent(everything && query === "");
  const actions = useActions(mode === "commands" || everything ? commands : [], query);
  const asked = mode === "tags" ? tags : mode === "teams" ? teams : hits;
  return {
    entries: [...recent, ...asked.entries, ...actions],
    busy: asked.busy,
    error: asked.error,
    query,
  };
}

function useHits(q: string) {
  const { t } = useI18n();
  const { data, error, isFetching } = useQuery(searchQuery(q));
  const hits = q === "" ? [] : (data?.items ?? []);
  const campaigns = useQuery(campaignHitsQuery(q));
  const kinds: Record<string, string> = t.symbol;
  const symbol = (hit: (typeof hits)[number]): Entry => ({
    id: `${hit.kind} ${hit.key}`,
    group: t.palette.symbols,
    icon: symbolIcon(hit.kind),
    title: hit.title,
    detail: [kinds[hit.kind] ?? hit.kind, hit.detail].filter(Boolean).join(" · "),
    href: symbolHref(hit.key),
  });
  const entry = (hit: (typeof hits)[number]): Entry => ({
    id: `${hit.kind} ${hit.key}`,
    group: hit.kind === "service" ? t.palette.services : t.palette.teams,
    icon: hit.kind === "service" ? ServicesIcon : TeamsIcon,
    title: hit.title,
    detail: [hit.detail, hit.kind === "service" && hit.team].filter(Boolean).join(" · "),
    href: hit.kind === "service" ? serviceHref(hit.key) : teamHref(hit.key),
  });
  const of = (kind: string) => hits.filter((hit) => hit.kind === kind).map(entry);
  const symbols = hits.filter((hit) => hit.key.includes("/")).map(symbol);
  const asked = (q === "" ? [] : (campaigns.data?.items ?? [])).map(
    ({ name, title, team }): Entry => ({
      id: `campaign ${name}`,
      group: t.nav.campaigns,
      icon: CampaignIcon,
      title,
      detail: [name, team].filter(Boolean).join(" · "),
      href: `/campaigns/${encodeURIComponent(name)}`,
    }),
  );
  return {
    entries: [...of("service"), ...of("team"), ...asked, ...symbols],
    busy: isFetching || campaigns.isFetching,
    error: error ?? campaigns.error,
  };
}

function useTags(on: boolean, query: string) {
  const { t, f } = useI18n();
  const { data, error, isFetching } = useQuery({ ...tagsQuery, enabled: on });
  const found = on ? (data ?? []).filter(({ value }) => matches(value, query)) : [];
  const entries = found.slice(0, LISTED).map(
    ({ value, count }): Entry => ({
      id: `tag ${value}`,
      group: t.palette.tags,
      icon: TagIcon,
      title: value,
      detail: f.number(count),
      href: `/services?tag=${encodeURIComponent(value)}`,
    }),
  );
  return { entries, busy: isFetching, error };
}

function useTeams(on: boolean, query: string) {
  const { t } = useI18n();
  const { data, error, isFetching } = useQuery({ ...teamNamesQuery, enabled: on });
  const found = on ? (data?.items ?? []).filter(({ name }) => matches(name, query)) : [];
  const entries = found.slice(0, LISTED).map(
    ({ name, services }): Entry => ({
      id: `team ${name}`,
      group: t.palette.teams,
      icon: TeamsIcon,
      title: name,
      detail: t.services.count(services),
      href: teamHref(name),
    }),
  );
  return { entries, busy: isFetching, error };
}

const RECENT_ICON = { service: ClockIcon, team: TeamsIcon, symbol: ApiIcon };

function useRecent(on: boolean): Entry[] {
  const { t } = useI18n();
  return on
    ? recentVisits().map(({ kind, key, detail }) => ({
        id: `recent ${kind} ${key}`,
        group: t.palette.recent,
        icon: RECENT_ICON[kind],
        title: kind === "symbol" ? key.slice(key.lastIndexOf(".") + 1) : key,
        detail,
        href: HREF[kind](key),
      }))
    : [];
}

function useActions(commands: readonly Command[], query: string): Entry[] {
  const { t } = useI18n();
  return commands
    .filter(({ label }) => matches(label, query))
    .map(({ id, label, lang, keys, run }) => ({
      id: `command ${id}`,
      group: t.palette.actions,
      icon: ActionIcon,
      title: label,
      ...(lang ? { lang } : {}),
      keys,
      run,
    }));
}
