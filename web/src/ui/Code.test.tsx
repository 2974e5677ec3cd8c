// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { CodeBlock, CopyButton } from "./Code";

describe("copying", () => {
  const writeText = vi.fn(async (_text: string) => {});
  beforeEach(() => {
    writeText.mockClear();
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
  });

  test("says so for two seconds, to eyes and ears", async () => {
    vi.useFakeTimers();
    render(<CopyButton text="acme-payment" />);
    await act(async () => {
      fireEvent.click(screen.getByRole("button", { name: "Copy" }));
    });
    expect(writeText).toHaveBeenCalledWith("acme-payment");
    expect(screen.getByRole("button", { name: "Copied" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("Copied");
    act(() => vi.advanceTimersByTime(2000));
    expect(screen.getByRole("button", { name: "Copy" })).toBeTruthy();
    expect(screen.getByRole("status").textContent).toBe("");
  });
});

describe("a text", () => {
  test("has its lines numbered, but not for screen readers", () => {
    render(<CodeBlock text={"a: 1\n\nb: 2\n"} label="YAML" />);
    const numbers = [...document.querySelectorAll("[aria-hidden=true]")]
      .map((each) => each.textContent)
      .filter((text) => /^\d+$/.test(text ?? ""));
    expect(numbers).toEqual(["1", "2", "3"]);
  });

  test("scrolls by keyboard, under a name", () => {
    render(<CodeBlock text="a: 1" label="YAML" numbers={false} />);
    expect(screen.getByLabelText("YAML").tabIndex).toBe(0);
  });
});
