// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from "vitest";
import { fireEvent, render, screen } from "@/testing/render";
import { AsOfPicker, fromLocalInput, toLocalInput } from "./AsOf";

describe("the moment of a field", () => {
  test("goes there and back, to the minute", () => {
    const ms = Date.parse("2026-11-20T05:07:00Z");
    expect(toLocalInput(ms)).toMatch(/^2026-11-\d\dT\d\d:\d\d$/);
    expect(fromLocalInput(toLocalInput(ms))).toBe("2026-11-20T05:07:00Z");
  });

  test.each(["", "soon", "2026-13-01T00:00"])("%j is none", (text) =>
    expect(fromLocalInput(text)).toBeUndefined(),
  );
});

describe("the picker", () => {
  const show = (at: string | undefined) => {
    const onChange = vi.fn();
    render(<AsOfPicker at={at} onChange={onChange} />);
    return onChange;
  };
  const field = () => screen.getByLabelText("Show the state at", { selector: "input" });
  const click = (name: string) =>
    fireEvent.click(screen.getByRole("button", { name, hidden: true }));

  test("takes the time that is typed", () => {
    const onChange = show(undefined);
    fireEvent.change(field(), { target: { value: toLocalInput(Date.parse("2026-11-20T05:07Z")) } });
    click("Show that time");
    expect(onChange).toHaveBeenCalledWith("2026-11-20T05:07:00Z");
  });

  test("says that a time is missing", () => {
    const onChange = show(undefined);
    fireEvent.change(field(), { target: { value: "" } });
    click("Show that time");
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByText("Enter a date and a time.")).toBeTruthy();
  });

  test("leads back from the past, and only from there", () => {
    const onChange = show("2026-11-20T05:00:00Z");
    click("Back to now");
    expect(onChange).toHaveBeenCalledWith(undefined);
  });
});
