// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import type { TodoMatrix } from "@/api/generated";
import { act, fireEvent, renderPage } from "@/testing/render";
import { Grid } from "./Matrix";

const campaigns = [
  { name: "other", title: "Other" },
  { name: "alerts", title: "Alerts" },
];
const rows: TodoMatrix["items"] = Array.from({ length: 500 }, (_, i) => ({
  serviceID: `s${i}`,
  team: null,
  todos: campaigns.map(({ name }, at) => ({ id: 2 * i + at, campaign: name, state: "open" })),
}));

// What the keyboard has is asked after each key, and no picture is awaited between
// two: Enter may be on its way when the arrow is pressed.
const press = (key: string, ctrlKey = false) =>
  act(() => fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey }));

test("a key acts on the cell that the key before it went to", async () => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(440);
  const onOpen = vi.fn();
  await renderPage(
    <Grid campaign="alerts" {...{ campaigns, rows, onOpen }} hasMore={false} onEnd={() => {}} />,
  );
  act(() => document.querySelector<HTMLElement>("[data-cell='0,0']")?.focus());
  press("ArrowDown");
  press("Enter");
  expect(onOpen).toHaveBeenLastCalledWith(3); // the campaign of the screen comes first
  press("ArrowRight");
  press("Enter");
  expect(onOpen).toHaveBeenLastCalledWith(2);
  press("End", true);
  press("Enter");
  expect(onOpen).toHaveBeenLastCalledWith(998);
  press("Home");
  press("PageUp");
  press("Enter");
  expect(onOpen).toHaveBeenLastCalledWith(979);
});
