// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { SearchField } from "./SearchField";

const commit = vi.fn();
const field = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));

function show(value = "") {
  const props = { label: "Filter", placeholder: "name", onCommit: commit };
  const { rerender } = render(<SearchField {...props} value={value} />);
  return (next: string) => rerender(<SearchField {...props} value={next} />);
}

beforeEach(() => {
  vi.useFakeTimers();
  commit.mockReset();
});

test("commits 200 ms after the last key, and shows every key at once", () => {
  show();
  type("p");
  wait(199);
  type("pa");
  expect(field().value).toBe("pa");
  wait(199);
  expect(commit).not.toHaveBeenCalled();
  wait(1);
  expect(commit.mock.calls).toEqual([["pa"]]);
});

test("does not commit what it has committed already", () => {
  show("pay");
  type("paym");
  type("pay");
  wait(1000);
  expect(commit).not.toHaveBeenCalled();
});

describe("an input method", () => {
  test("is left in peace until its composition has ended", () => {
    show();
    fireEvent.compositionStart(field());
    for (const text of ["k", "け", "けs", "けっさい", "決済"]) {
      type(text);
      wait(1000);
    }
    expect(commit).not.toHaveBeenCalled();
    fireEvent.compositionEnd(field(), { data: "決済" });
    wait(200);
    expect(commit.mock.calls).toEqual([["決済"]]);
  });

  test("keeps its Enter and its Escape", () => {
    show();
    fireEvent.compositionStart(field());
    type("けっさい");
    fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    fireEvent.keyDown(field(), { key: "Escape", isComposing: true });
    wait(1000);
    expect(commit).not.toHaveBeenCalled();
    expect(field().value).toBe("けっさい");
  });
});

describe("keys", () => {
  test("Enter commits at once, and once", () => {
    show();
    type("pay");
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(commit.mock.calls).toEqual([["pay"]]);
    wait(1000);
    expect(commit).toHaveBeenCalledOnce();
  });

  test("Escape empties the field, and then leaves it", () => {
    show("pay");
    act(() => field().focus());
    fireEvent.keyDown(field(), { key: "Escape" });
    expect(field().value).toBe("");
    expect(commit).toHaveBeenLastCalledWith("");
    expect(document.activeElement).toBe(field());
    fireEvent.keyDown(field(), { key: "Escape" });
    expect(document.activeElement).not.toBe(field());
  });
});

test("the clear button is there with a text only", () => {
  show("pay");
  fireEvent.click(screen.getByRole("button", { name: "Clear the text" }));
  expect(field().value).toBe("");
  expect(commit).toHaveBeenLastCalledWith("");
  expect(screen.queryByRole("button")).toBeNull();
});

test("another address is shown, and drops what was about to be committed", () => {
  const address = show("pay");
  type("payment");
  address("wallet");
  expect(field().value).toBe("wallet");
  wait(1000);
  expect(commit).not.toHaveBeenCalled();
});

test("its own commit coming back does not undo what was typed since", () => {
  const address = show();
  type("pay");
  wait(200);
  type("payment");
  address("pay");
  expect(field().value).toBe("payment");
});
