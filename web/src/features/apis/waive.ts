// SPDX-License-Identifier: Apache-2.0
// The form by which a breaking change is let pass.
import type { ApiFinding, ApiWaiverDraft } from "@/api/generated";
import { fieldFaults } from "@/api/problem";
import type { Messages } from "./messages";
import { parentOf } from "./names";

export interface WaiverForm {
  /** "" = every rule. */
  rule: string;
  subject: string;
  reason: string;
  /** A day, as a date field has it: 2026-11-26. */
  until: string;
}

const USUAL_DAYS = 30;
const MOST_DAYS = 365;

/** A day so many days from a moment, where the reader is. */
export function dayAfter(now: number, days: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export const firstDay = (now: number) => dayAfter(now, 1);
export const lastDay = (now: number) => dayAfter(now, MOST_DAYS);

/** The last second of a day where the reader is; undefined = no such day. */
export function endOf(day: string): string | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T23:59:59`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

export const newWaiver = (finding: ApiFinding, now: number): WaiverForm => ({
  rule: finding.rule,
  subject: finding.fullName ?? finding.path,
  reason: "",
  until: dayAfter(now, USUAL_DAYS),
});

/** What a waiver of the finding may be for, from the narrowest to the widest. */
export function subjectsOf({ fullName, package: inside, path }: ApiFinding): string[] {
  const found: string[] = [];
  for (let name = fullName ?? ""; name !== "" && name !== inside; name = parentOf(name)) {
    found.push(name);
  }
  return [...found, ...(inside ? [inside] : []), path];
}

export const bodyOf = ({ rule, subject, reason, until }: WaiverForm): ApiWaiverDraft => ({
  rule: rule || null,
  subject: subject.trim(),
  reason: reason.trim(),
  until: endOf(until) ?? "",
});

export type WaiverFaults = Partial<Record<keyof WaiverForm, string>>;

const FIELDS = ["rule", "subject", "reason", "until"] as const;

/** What can be told without the server. */
export function waiverFaults(form: WaiverForm, now: number, t: Messages): WaiverFaults {
  const faults: WaiverFaults = {};
  if (form.subject.trim() === "") {
    faults.subject = t.waive.missing;
  }
  if (form.reason.trim() === "") {
    faults.reason = t.waive.missing;
  }
  const inTime = form.until >= firstDay(now) && form.until <= lastDay(now);
  if (endOf(form.until) === undefined || !inTime) {
    faults.until = t.waive.wrongDay;
  }
  return faults;
}

/** What the server said about single fields. */
export function serverFaults(error: unknown): WaiverFaults {
  const found = fieldFaults(error);
  return Object.fromEntries(
    FIELDS.filter((name) => found[name]).map((name) => [name, found[name]]),
  );
}
