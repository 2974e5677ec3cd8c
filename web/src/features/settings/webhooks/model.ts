// SPDX-License-Identifier: Apache-2.0
import type { Webhook, WebhookChange, WebhookDelivery, WebhookDraft } from "@/api/generated";
import { same } from "@/lib/same";
import type { Tone } from "@/ui/Chip";

/** The form as it was filled in; lists have one entry a line. */
export interface Draft {
  name: string;
  url: string;
  types: string;
  teams: string;
  campaigns: string;
  ordered: boolean;
  format: Webhook["format"];
}

export const FORMATS = ["cloudevents", "slack"] as const;

export const NEW: Draft = {
  name: "",
  url: "",
  types: "todo.*",
  teams: "",
  campaigns: "",
  ordered: false,
  format: "cloudevents",
};

/** Names of teams may have spaces in them. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export const bodyOf = (draft: Draft): WebhookDraft => ({
  name: draft.name.trim(),
  url: draft.url.trim(),
  types: linesOf(draft.types) as WebhookDraft["types"],
  teams: linesOf(draft.teams),
  campaigns: linesOf(draft.campaigns),
  ordered: draft.ordered,
  format: draft.format,
});

/** A webhook as the form shows it. */
export const draftOf = (webhook: Webhook): Draft => ({
  name: webhook.name,
  url: webhook.url,
  types: webhook.types.join("\n"),
  teams: webhook.teams.join("\n"),
  campaigns: webhook.campaigns.join("\n"),
  ordered: webhook.ordered,
  format: webhook.format,
});

const FIELDS = Object.keys(NEW) as (keyof Draft)[];

/** Fields in which two differ. */
export const differing = (one: Draft, other: Draft) =>
  FIELDS.filter((name) => one[name] !== other[name]);

/** Only what differs: a new URL, for one, ends that deliveries have failed since. */
export function changeOf(draft: Draft, before: Draft): WebhookChange {
  const old = bodyOf(before);
  return Object.fromEntries(
    Object.entries(bodyOf(draft)).filter(
      ([name, value]) => !same(value, old[name as keyof WebhookDraft]),
    ),
  );
}

/** What was typed, and in fields that were left alone what is there by now. */
export const merged = (draft: Draft, before: Draft, theirs: Draft): Draft => ({
  ...theirs,
  ...Object.fromEntries(differing(draft, before).map((name) => [name, draft[name]])),
});

export const REQUIRED = ["name", "url", "types"] as const;

/** Fields that must not be empty, and are. */
export const missing = (draft: Draft) => REQUIRED.filter((name) => draft[name].trim() === "");

export function toneOf(webhook: Webhook): Tone {
  if (webhook.state !== "active") {
    return webhook.state === "disabled" ? "bad" : "none";
  }
  return webhook.failingSince ? "warn" : "ok";
}

export const deliveryTone: Record<WebhookDelivery["state"], Tone> = {
  waiting: "none",
  sending: "info",
  delivered: "ok",
  dead: "bad",
};

export const PERIODS = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
export type Period = keyof typeof PERIODS;

export const sinceOf = (period: Period, now: number) =>
  new Date(now - PERIODS[period] * 3_600_000).toISOString();
