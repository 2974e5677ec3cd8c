// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { ErrorPanel, Skeleton, StaleNote } from "./State";

test("a failure is announced, with the request id and who could", () => {
  const failure = { detail: "You may not.", requestId: "6f2d", needs: ["Members of wallet"] };
  render(<ErrorPanel failure={failure} />);
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("You may not.");
  expect(alert.textContent).toContain("6f2d");
  expect(alert.textContent).toContain("Members of wallet");
  expect(screen.queryByRole("button")).toBeNull();
});

test("what may be tried again has a button for it", () => {
  const onRetry = vi.fn();
  render(<ErrorPanel failure={{ detail: "No answer." }} onRetry={onRetry} />);
  fireEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test("old content says of when it is", () => {
  render(<StaleNote since={new Date(2026, 10, 20, 14, 2).getTime()} onRetry={vi.fn()} />);
  expect(screen.getByRole("status").textContent).toContain("14:02");
});

test("a skeleton takes its place at once, but is seen after 150 ms", () => {
  vi.useFakeTimers();
  render(
    <Skeleton>
      <p>bones</p>
    </Skeleton>,
  );
  const box = screen.getByText("bones").parentElement as HTMLElement;
  expect(box.style.visibility).toBe("hidden");
  act(() => vi.advanceTimersByTime(150));
  expect(box.style.visibility).toBe("visible");
  expect(screen.getByRole("status").textContent).toBe("Loading");
});
