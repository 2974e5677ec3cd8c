// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { fireEvent, render, screen } from "@/testing/render";
import { Chip, CountBadge, LifecycleChip, PickedTag, TagLine } from "./Chip";

test("a status is a shape and a word, not a colour alone", () => {
  for (const tone of ["ok", "warn", "bad", "info", "none"] as const) {
    const { container, unmount } = render(<Chip tone={tone}>word</Chip>);
    expect(container.textContent).toBe("word");
    expect(container.querySelector("svg")).not.toBeNull();
    unmount();
  }
});

test.each([
  ["production", "Production"],
  ["tombstoned", "Deleted"],
  [null, "Not specified"],
  ["of-a-newer-server", "of-a-newer-server"],
])("lifecycle %s reads %s", (value, word) => {
  const { container } = render(<LifecycleChip value={value} />);
  expect(container.textContent).toBe(word);
});

test("tags that do not fit are counted, and read out", () => {
  const { container } = render(<TagLine tags={["event-driven", "public-api", "go"]} width={110} />);
  expect(container.textContent).toBe("event-driven+2: public-api, go");
});

test("a chosen tag says what a click does", () => {
  const onRemove = vi.fn();
  render(<PickedTag tag="決済" onRemove={onRemove} />);
  fireEvent.click(screen.getByRole("button", { name: /決済/ }));
  expect(onRemove).toHaveBeenCalledOnce();
});

test.each([
  [5000, false, "5,000"],
  [50, true, "50+"],
])("%d (more: %s) is shown as %s", (count, more, text) => {
  const { container } = render(<CountBadge count={count} more={more} />);
  expect(container.textContent).toBe(text);
});
