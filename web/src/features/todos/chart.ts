// SPDX-License-Identifier: Apache-2.0
// The burn-up chart as plain numbers: a square from 0 to 100 in both directions.
import type { CampaignPage } from "@/api/generated";

const DAY = 86_400_000;
/** What lies further ahead than this many times the past would press it together. */
const AHEAD = 2;

/** The server tells a pace from a whole week on: weekends are part of it. */
const WEEK = 7;

const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

export interface Chart {
  first: string;
  /** The last day that the chart shows, and of which figures are known. */
  last: string;
  today: string;
  /** One day is no line yet. */
  dots: boolean;
  most: number;
  total: string;
  settled: string;
  /** From the last figure on; undefined = not to be told, or nothing left. */
  forecast: string | undefined;
  /** Where the due date lies; undefined = none, or outside. */
  due: number | undefined;
}

type Of = Pick<CampaignPage, "progress" | "forecast"> & { due: string | null };

export function chartOf({ progress, forecast, due }: Of): Chart | undefined {
  const [from] = progress;
  const today = progress.at(-1);
  if (!from || !today) {
    return undefined;
  }
  const start = ms(from.day);
  const now = ms(today.day);
  const furthest = now + Math.max(28 * DAY, AHEAD * (now - start));
  const ends = [now + DAY, due ? ms(due) : 0, forecast ? ms(forecast.date) : 0];
  const end = Math.min(furthest, Math.max(...ends));
  const most = Math.max(1, ...progress.map((day) => day.total));
  const x = (day: string) => (100 * (ms(day) - start)) / (end - start);
  const y = (count: number) => 100 - (100 * count) / most;
  // A line of one point is not drawn; one that leads nowhere is a dot.
  const days = progress.length === 1 ? [from, from] : progress;
  const line = (pick: (day: CampaignPage["progress"][number]) => number) =>
    days.map((day) => `${round(x(day.day))},${round(y(pick(day)))}`).join(" ");
  const left = today.total - today.settled;
  const dueX = due === null ? undefined : x(due);
  return {
    first: from.day,
    last: dayOf(end),
    today: today.day,
    dots: progress.length === 1,
    most,
    total: line((day) => day.total),
    settled: line((day) => day.settled),
    forecast:
      forecast && left > 0
        ? `${round(x(today.day))},${round(y(today.settled))} ${round(x(forecast.date))},${round(y(today.total))}`
        : undefined,
    due: dueX !== undefined && dueX >= 0 && dueX <= 100 ? round(dueX) : undefined,
  };
}

/** Why there is no forecast: too little is known yet to say when all will be settled. */
export function isEarly({ progress }: Pick<CampaignPage, "progress">): boolean {
  const [from] = progress;
  const today = progress.at(-1);
  return !from || !today || ms(today.day) - ms(from.day) < WEEK * DAY;
}

const round = (value: number) => Math.round(100 * value) / 100;
