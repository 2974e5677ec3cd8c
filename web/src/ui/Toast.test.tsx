// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { Dialog } from "./Dialog";
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

test("they can be clicked while a modal is open", () => {
  const page = (open: boolean) => (
    <>
      <Toasts />
      {open && (
        <Dialog title="A modal" onClose={() => {}}>
          <p>It is open.</p>
        </Dialog>
      )}
    </>
  );
  const { rerender } = render(page(true));
  act(() => toast("one"));
  expect(screen.getByText("one").closest("dialog")).not.toBeNull();
  rerender(page(false));
  expect(screen.getByText("one").closest("dialog")).toBeNull();
});
