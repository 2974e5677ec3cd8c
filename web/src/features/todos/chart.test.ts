// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { chartOf, isEarly } from "./chart";

const progress = [
  { day: "2026-11-01", total: 10, settled: 0 },
  { day: "2026-11-06", total: 10, settled: 4 },
  { day: "2026-11-11", total: 20, settled: 5 },
];

test("without a day there is nothing to draw", () =>
  expect(chartOf({ progress: [], forecast: null, due: null })).toBeUndefined());

test("the lines go through the figures of each day", () => {
  const chart = chartOf({ progress, forecast: null, due: "2026-11-21" });
  expect(chart).toMatchObject({
    first: "2026-11-01",
    last: "2026-11-21",
    most: 20,
    total: "0,50 25,50 50,0",
    settled: "0,100 25,80 50,75",
    forecast: undefined,
    due: 100,
  });
});

test("the forecast leads from today to where all is settled", () => {
  const forecast = { date: "2026-11-21", perDay: 1.5 };
  expect(chartOf({ progress, forecast, due: null })?.forecast).toBe("50,75 100,0");
  const done = [...progress, { day: "2026-11-12", total: 20, settled: 20 }];
  expect(chartOf({ progress: done, forecast, due: null })?.forecast).toBeUndefined();
});

test("a day that is far ahead does not press the past together", () => {
  const chart = chartOf({ progress, forecast: null, due: "2030-01-01" });
  expect(chart?.due).toBeUndefined();
  expect(chart?.last).toBe("2026-12-09");
});

test("the first day alone is drawn, too", () => {
  const chart = chartOf({ progress: progress.slice(0, 1), forecast: null, due: null });
  // From the point to itself: with round ends that is a dot.
  expect(chart).toMatchObject({ dots: true, total: "0,0 0,0", settled: "0,100 0,100" });
  expect(chart?.last).toBe("2026-11-02");
  expect(chartOf({ progress, forecast: null, due: null })?.dots).toBe(false);
});

test("within the first week it is too early for a forecast", () => {
  const early = progress.slice(0, 2);
  expect(isEarly({ progress: early })).toBe(true);
  expect(isEarly({ progress: [] })).toBe(true);
  expect(isEarly({ progress: [...early, { day: "2026-11-08", total: 10, settled: 5 }] })).toBe(
    false,
  );
});
