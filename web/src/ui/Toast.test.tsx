// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { Toasts, toast } from "./Toast";

const shown = () => screen.queryAllByText(/^(one|two|three|four)$/).map((each) => each.textContent);

test("results are announced, three at most, for six seconds", () => {
  vi.useFakeTimers();
  render(<Toasts />);
  expect(screen.getByRole("status", { hidden: true }).getAttribute("aria-live")).toBe("polite");
  act(() => toast("one"));
  act(() => vi.advanceTimersByTime(3000));
  act(() => {
    toast("two");
    toast("three", "bad");
    toast("four");
  });
  expect(shown()).toEqual(["two", "three", "four"]);
  fireEvent.click(screen.getAllByRole("button", { name: "Close", hidden: true })[0] as HTMLElement);
  expect(shown()).toEqual(["three", "four"]);
  act(() => vi.advanceTimersByTime(6000));
  expect(shown()).toEqual([]);
});
