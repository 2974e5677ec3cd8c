// SPDX-License-Identifier: Apache-2.0
import type { Campaign, Session, Todo, TodoChangeRequest, TodoCounts } from "@/api/generated";
import { flag, oneOf, text, whole } from "@/lib/search";

export const STATES = [
  "open",
  "waiting",
  "in_review",
  "done",
  "not_applicable",
  "exempt",
  "cancelled",
] as const;
export type TodoState = (typeof STATES)[number];

/** What somebody still has to do something about. */
export const TO_DO = ["open", "waiting", "in_review"] as const;
export const isToDo = (state: string) => TO_DO.some((each) => each === state);

export const GROUPS = ["overdue", "week", "later", "done"] as const;
export type Group = (typeof GROUPS)[number];

type Raw = Record<string, unknown>;
const MAX = Number.MAX_SAFE_INTEGER;

/** The list of one's own items: everything in it is in the address. */
export interface MineSearch {
  /** Of this team, whoever looks at it; else of mine and assigned to me. */
  team?: string | undefined;
  campaign?: string | undefined;
  state?: (typeof TO_DO)[number] | undefined;
  snoozed?: true | undefined;
  /** Is the group of what is done open? */
  done?: true | undefined;
  /** The item in the side sheet. */
  item?: number | undefined;
}

export function readMine(raw: Raw): MineSearch {
  return {
    team: text(raw.team, 63),
    campaign: text(raw.campaign, 63),
    state: oneOf(raw.state, TO_DO),
    snoozed: flag(raw.snoozed),
    done: flag(raw.done),
    item: whole(raw.item, 1, MAX),
  };
}

export const CAMPAIGN_STATES = ["draft", "scheduled", "running", "finished", "cancelled"] as const;

export interface CampaignsSearch {
  state?: (typeof CAMPAIGN_STATES)[number] | undefined;
  q?: string | undefined;
}

export function readCampaigns(raw: Raw): CampaignsSearch {
  return { state: oneOf(raw.state, CAMPAIGN_STATES), q: text(raw.q, 200) };
}

export const VIEWS = ["items", "matrix"] as const;
export const LIST_STATES = ["todo", ...STATES] as const;

export interface CampaignSearch {
  view?: (typeof VIEWS)[number] | undefined;
  /** Items of this state; all when left out. */
  state?: (typeof LIST_STATES)[number] | undefined;
  team?: string | undefined;
  table?: true | undefined;
  item?: number | undefined;
}

export function readCampaign(raw: Raw): CampaignSearch {
  return {
    view: oneOf(raw.view, VIEWS),
    state: oneOf(raw.state, LIST_STATES),
    team: text(raw.team, 63),
    table: flag(raw.table),
    item: whole(raw.item, 1, MAX),
  };
}

/** Done, not applicable and exempt count as settled: as the server counts. */
export const settledOf = (c: TodoCounts) => c.done + c.notApplicable + c.exempt;
export const totalOf = (c: TodoCounts) => c.open + c.waiting + c.inReview + settledOf(c);

/** Whole per cent; what is not complete is never 100. */
export function percentOf(counts: TodoCounts): number {
  const total = totalOf(counts);
  return total === 0 ? 0 : Math.floor((100 * settledOf(counts)) / total);
}

const DAY = 86_400_000;

/** A day of the calendar, so many days from a moment, where the reader is. */
export function dayAfter(now: number, days: number): string {
  const at = new Date(now + days * DAY);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The same for what must be to come: it is where the server is, too, whose days are UTC. */
export function dayAhead(now: number, days: number): string {
  const there = new Date(now + days * DAY).toISOString().slice(0, 10);
  const here = dayAfter(now, days);
  return here.localeCompare(there) > 0 ? here : there;
}

export const mayLead = (session: Session | undefined, team: string | null) =>
  session?.role === "admin" || (team !== null && (session?.teams.includes(team) ?? false));

/** Drafts are made by members of a team, for that team; admins choose any. */
export const mayDraft = (session: Session | undefined) =>
  session !== undefined && (session.role === "admin" || session.teams.length > 0);

const SHOWN = [
  "state",
  "reason",
  "until",
  "waitsFor",
  "assignee",
  "snoozedUntil",
  "due",
  "evidence",
] as const satisfies readonly (keyof Todo & keyof TodoChangeRequest)[];
export type Field = (typeof SHOWN)[number];

/** What of a change would be seen at once: the item as it will be. */
export function withChange(todo: Todo, change: TodoChangeRequest): Todo {
  const { comment: _, ...fields } = change;
  const state = (fields.state ?? todo.state) as TodoState;
  return {
    ...todo,
    ...fields,
    state,
    byRule: fields.state === undefined ? todo.byRule : false,
    overdue: todo.overdue && isToDo(state),
  } as Todo;
}

/** The change that takes another one back. */
export function inverseOf(before: Todo, change: TodoChangeRequest): TodoChangeRequest {
  const fields = SHOWN.filter((field) => field in change);
  const back = Object.fromEntries(fields.map((field) => [field, before[field]]));
  if (change.state !== undefined) {
    // A state brings its reason, and takes that of the one before away.
    for (const field of ["reason", "until", "waitsFor"] as const) {
      if (before[field] !== null) {
        back[field] = before[field];
      } else {
        delete back[field];
      }
    }
  }
  return back as TodoChangeRequest;
}

/** Fields in which what is stored now differs from what was seen. */
export function differences(seen: Todo, now: Todo): Field[] {
  return SHOWN.filter((field) => seen[field] !== now[field]);
}

export const nameOf = (subject: string) => subject.replace(/^(?:user|token):/, "");

/** Nothing but states of people: what a rule decides is not for hands. */
export const bulkable = (todos: readonly Todo[]) => todos.slice(0, 100);

export const finished = (campaign: Campaign) =>
  campaign.state === "finished" || campaign.state === "cancelled";

/** Past its due date, with something left to do. */
export const isLate = (campaign: Campaign, now: number) =>
  campaign.due !== null &&
  campaign.due < dayAfter(now, 0) &&
  !finished(campaign) &&
  settledOf(campaign.counts) < totalOf(campaign.counts);
