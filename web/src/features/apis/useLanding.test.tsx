// SPDX-License-Identifier: Apache-2.0
import { useRef } from "react";
import { expect, test } from "vitest";
import { fireEvent, render, screen } from "@/testing/render";
import { useLanding } from "./useLanding";

function Sample({ rows }: { rows: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null);
  const land = useLanding(list);
  return (
    <ul ref={list} tabIndex={-1}>
      {rows.map((row) => (
        <li key={row} tabIndex={-1}>
          <button type="button" onClick={(event) => land(event.currentTarget.closest("li"))}>
            {row}
          </button>
        </li>
      ))}
    </ul>
  );
}

const focused = () => document.activeElement?.textContent;
const lost = () => (document.activeElement as HTMLElement).blur();
const landAt = (row: string) => {
  const view = render(<Sample rows={["a", "b", "c"]} />);
  fireEvent.click(screen.getByText(row));
  expect(focused()).toBe(row);
  return view;
};

test("an element that is moved keeps the keyboard", () => {
  const { rerender } = landAt("b");
  lost();
  rerender(<Sample rows={["c", "b", "a"]} />);
  expect(focused()).toBe("b");
});

test("one that has gone leaves it to what held it", () => {
  const { rerender } = landAt("b");
  rerender(<Sample rows={["a", "c"]} />);
  expect(document.activeElement).toBe(screen.getByRole("list"));
});

test("nothing is taken back from a reader who goes on", () => {
  const { rerender } = landAt("b");
  fireEvent.keyDown(document.body, { key: "Tab" });
  lost();
  rerender(<Sample rows={["c", "b", "a"]} />);
  expect(document.activeElement).toBe(document.body);
});
