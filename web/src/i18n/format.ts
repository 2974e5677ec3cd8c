// SPDX-License-Identifier: Apache-2.0
import type { Language } from "@/lib/prefs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Dates and numbers of one language; the only users of Intl. */
export interface Format {
  number(value: number): string;
  /** 2026-11-20 14:02, in the reader's time zone. */
  dateTime(iso: string): string;
  date(iso: string): string;
  time(iso: string | number): string;
  /** A day as a heading: “Today”, “Yesterday”, else the date with its weekday. */
  day(iso: string, now: number): string;
  /** How long ago or ahead, in the largest unit that says enough. */
  age(iso: string, now: number): string;
  list(values: readonly string[]): string;
  /** A day of the calendar, `2026-12-24`, which is the same everywhere. */
  calendar(day: string): string;
  /** How far away that day is: “tomorrow”, “3 days ago”. */
  away(day: string, now: number): string;
}

/** The time span in the unit a person would use; negative = past. */
export function span(ms: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(ms);
  const whole = (unit: number) => Math.sign(ms) * Math.floor(size / unit);
  if (size < MINUTE) {
    return [0, "second"];
  }
  if (size < HOUR) {
    return [whole(MINUTE), "minute"];
  }
  if (size < DAY) {
    return [whole(HOUR), "hour"];
  }
  if (size < 60 * DAY) {
    return [whole(DAY), "day"];
  }
  if (size < 730 * DAY) {
    return [whole(30 * DAY), "month"];
  }
  return [whole(365 * DAY), "year"];
}

const startOfDay = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);

/** Days from today to a day of the calendar, as the reader's calendar counts. */
export function daysAway(day: string, now: number): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return Math.round((new Date(year, month - 1, date).getTime() - startOfDay(now)) / DAY);
}

function makeFormat(language: Language): Format {
  const number = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  const dateTime = new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const time = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const weekday = new Intl.DateTimeFormat(language, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
  const days = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const calendar = new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const list = new Intl.ListFormat(language, { type: "conjunction", style: "narrow" });
  return {
    number: (value) => number.format(value),
    date: (iso) => date.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    day: (iso, now) => {
      const at = Date.parse(iso);
      const distance = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
      return distance > -2 && distance <= 0 ? days.format(distance, "day") : weekday.format(at);
    },
    age: (iso, now) => relative.format(...span(Date.parse(iso) - now)),
    list: (values) => list.format(values),
    calendar: (day) => calendar.format(new Date(`${day}T00:00:00Z`)),
    away: (day, now) => {
      const distance = daysAway(day, now);
      return Math.abs(distance) < 60
        ? days.format(distance, "day")
        : days.format(Math.trunc(distance / 30), "month");
    },
  };
}

const made = new Map<Language, Format>();

export function formatOf(language: Language): Format {
  let format = made.get(language);
  if (!format) {
    format = makeFormat(language);
    made.set(language, format);
  }
  return format;
}
