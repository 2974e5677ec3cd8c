// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";
import { act, renderHook } from "@/testing/render";
import { useDelayed, useNow } from "./clock";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

test("the time is renewed every 15 seconds, by one timer for all", () => {
  const first = renderHook(() => useNow());
  const second = renderHook(() => useNow());
  expect(vi.getTimerCount()).toBe(1);
  act(() => vi.advanceTimersByTime(15_000));
  expect(first.result.current).toBe(1_015_000);
  expect(second.result.current).toBe(1_015_000);
  first.unmount();
  second.unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test("a delay is over after 150 ms, and not when it ended before", () => {
  const { result, rerender } = renderHook(({ on }) => useDelayed(on), {
    initialProps: { on: true },
  });
  act(() => vi.advanceTimersByTime(149));
  expect(result.current).toBe(false);
  act(() => vi.advanceTimersByTime(1));
  expect(result.current).toBe(true);
  rerender({ on: false });
  expect(result.current).toBe(false);
  rerender({ on: true });
  act(() => vi.advanceTimersByTime(100));
  rerender({ on: false });
  act(() => vi.advanceTimersByTime(1000));
  expect(result.current).toBe(false);
});
