// SPDX-License-Identifier: Apache-2.0
import type {
  CampaignChange,
  CampaignDraft,
  CampaignPage,
  CampaignPreviewDraft,
  CampaignTarget,
  Session,
} from "@/api/generated";

/** What the editor holds: every field as it is typed. */
export interface Draft {
  name: string;
  title: string;
  why: string;
  how: string;
  q: string;
  targetTeam: string;
  corp: string;
  tags: string[];
  lifecycle: string;
  tier: string;
  /** Facts decide; else people do. */
  byRule: boolean;
  rule: string;
  team: string;
  reviewTeam: string;
  level: string;
  phase: string;
  due: string;
  permanent: boolean;
  teamLimit: string;
  dampingHours: string;
}

export type Fields = Partial<Record<keyof Draft, string>>;

export const emptyDraft = (session: Session | undefined): Draft => ({
  name: "",
  title: "",
  why: "",
  how: "",
  q: "",
  targetTeam: "",
  corp: "",
  tags: [],
  lifecycle: "",
  tier: "",
  byRule: true,
  rule: "",
  team: session?.teams[0] ?? "",
  reviewTeam: "",
  level: "",
  phase: "",
  due: "",
  permanent: false,
  teamLimit: "",
  dampingHours: "168",
});

const text = (value: string | number | null | undefined) =>
  value === null || value === undefined ? "" : String(value);

export function draftOf({ campaign, why, how }: CampaignPage): Draft {
  const { target } = campaign;
  return {
    name: campaign.name,
    title: campaign.title,
    why,
    how,
    q: text(target.q),
    targetTeam: text(target.team),
    corp: text(target.corp),
    tags: target.tag ?? [],
    lifecycle: text(target.lifecycle),
    tier: text(target.tier),
    byRule: campaign.rule !== null,
    rule: text(campaign.rule?.predicate),
    team: text(campaign.team),
    reviewTeam: text(campaign.reviewTeam),
    level: text(campaign.level),
    phase: text(campaign.phase),
    due: text(campaign.due),
    permanent: campaign.permanent,
    teamLimit: text(campaign.teamLimit),
    dampingHours: text(campaign.dampingHours),
  };
}

function targetOf(draft: Draft): CampaignTarget {
  return {
    ...(draft.q.trim() ? { q: draft.q.trim() } : {}),
    ...(draft.targetTeam ? { team: draft.targetTeam } : {}),
    ...(draft.corp ? { corp: draft.corp } : {}),
    ...(draft.tags.length > 0 ? { tag: draft.tags } : {}),
    ...(draft.lifecycle
      ? { lifecycle: draft.lifecycle as NonNullable<CampaignTarget["lifecycle"]> }
      : {}),
    ...(draft.tier ? { tier: Number(draft.tier) } : {}),
  };
}

const orNull = (value: string) => (value.trim() === "" ? null : value.trim());
const numberOrNull = (value: string) => (value.trim() === "" ? null : Number(value));

/** All members, as a change sends them: what is empty takes the value away. */
export function changeOf(draft: Draft): CampaignChange {
  return {
    title: draft.title.trim(),
    why: draft.why,
    how: draft.how,
    target: targetOf(draft),
    rule: draft.byRule ? orNull(draft.rule) : null,
    team: draft.team,
    reviewTeam: orNull(draft.reviewTeam),
    level: numberOrNull(draft.level),
    phase: orNull(draft.phase),
    due: orNull(draft.due),
    permanent: draft.permanent,
    teamLimit: numberOrNull(draft.teamLimit),
    ...(draft.dampingHours.trim() === "" ? {} : { dampingHours: Number(draft.dampingHours) }),
  };
}

export const bodyOf = (draft: Draft): CampaignDraft => ({
  ...(changeOf(draft) as CampaignDraft),
  name: draft.name.trim(),
});

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** What the preview needs of a draft that is not complete. */
export function previewBody(draft: Draft): CampaignPreviewDraft {
  // What the reader of a preview does not see must not ask for a new one.
  const { title: _title, why: _why, how: _how, team, ...seen } = changeOf(draft);
  return team ? { ...seen, team } : seen;
}

/** A name from a title, until somebody types one. */
export const nameFrom = (title: string) =>
  title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");

/** Facts are to decide, and nothing says by which rule. */
export const lacksRule = (draft: Draft) => draft.byRule && draft.rule.trim() === "";

type Words = Record<"name" | "title" | "team" | "rule" | "whole", string>;

export function draftFaults(draft: Draft, words: Words): Fields {
  const whole = (value: string, min: number, max: number) =>
    value.trim() === "" || (/^\d+$/.test(value.trim()) && +value >= min && +value <= max);
  return {
    ...(NAME.test(draft.name.trim()) ? {} : { name: words.name }),
    ...(draft.title.trim() ? {} : { title: words.title }),
    ...(draft.team ? {} : { team: words.team }),
    ...(lacksRule(draft) ? { rule: words.rule } : {}),
    ...(whole(draft.teamLimit, 1, 100_000) ? {} : { teamLimit: words.whole }),
    ...(whole(draft.dampingHours, 0, 8760) ? {} : { dampingHours: words.whole }),
  };
}

/** Faults that the server found, at the fields that they are about. */
export function serverFaults(found: Record<string, string>): Fields {
  const { target, ...rest } = found;
  return { ...rest, ...(target === undefined ? {} : { q: target }) };
}

/** Rules that many campaigns begin with; t/http/campaigns_doc.t runs each. */
export const EXAMPLES = [
  "exists($.spec.contact.slack.alertChannelId)",
  "$.spec.tier <= 2",
  "!exists($.api.deprecatedCalls)",
  "$.junit.passed == true",
  "$.coverage.lines >= 80",
  '$.components.items."pkg:npm/left-pad" == "1.3.0"',
] as const;
