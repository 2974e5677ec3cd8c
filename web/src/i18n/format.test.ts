// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { formatOf, span } from "./format";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("span", () => {
  test.each([
    [0, [0, "second"]],
    [-59_999, [0, "second"]],
    [-MINUTE, [-1, "minute"]],
    [-59 * MINUTE - 59_000, [-59, "minute"]],
    [-HOUR, [-1, "hour"]],
    [-DAY + 1, [-23, "hour"]],
    [-59 * DAY, [-59, "day"]],
    [-60 * DAY, [-2, "month"]],
    [90 * DAY, [3, "month"]],
    [-730 * DAY, [-2, "year"]],
  ])("%d ms are %j", (ms, expected) => {
    const [value, unit] = span(ms);
    expect([value + 0, unit]).toEqual(expected);
  });
});

describe("ages", () => {
  const now = Date.parse("2026-11-20T05:00:00Z");
  const ago = (ms: number) => new Date(now - ms).toISOString();

  test.each([
    [12 * MINUTE, "12m ago", "12 分前"],
    [DAY, "yesterday", "昨日"],
    [24 * DAY, "24d ago", "24 日前"],
    [-3 * HOUR, "in 3h", "3 時間後"],
  ])("%d ms ago", (ms, english, japanese) => {
    const close = (text: string) => text.replace(/\s/g, "");
    expect(formatOf("en").age(ago(ms), now)).toBe(english);
    expect(close(formatOf("ja").age(ago(ms), now))).toBe(close(japanese));
  });
});

describe("days", () => {
  const now = new Date(2026, 10, 20, 0, 30).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  const { day } = formatOf("en");

  test("today and yesterday are those of the calendar, not of 24 hours", () => {
    expect(day(at(20, 0), now)).toBe("today");
    expect(day(at(19, 23), now)).toBe("yesterday");
    expect(day(at(19, 0), now)).toBe("yesterday");
  });

  test("others have their date", () => {
    expect(day(at(18, 23), now)).toBe("Wed, Nov 18, 2026");
    expect(day(at(21, 1), now)).toBe("Sat, Nov 21, 2026");
  });
});

test("midnight is hour 0", () => {
  const midnight = new Date(2026, 10, 20, 0, 5).getTime();
  expect(formatOf("en").time(midnight)).toBe("00:05");
  expect(formatOf("ja").time(midnight)).toBe("00:05");
});
