// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { act, fireEvent, render, screen } from "@/testing/render";
import { Dialog } from "./Dialog";

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {open && (
        <Dialog title="T" onClose={() => setOpen(false)}>
          <input aria-label="name" />
        </Dialog>
      )}
    </>
  );
}

const dialog = () => screen.getByRole("dialog");
const cancel = () => fireEvent(dialog(), new Event("cancel", { cancelable: true }));

describe("a dialog", () => {
  test("is modal, and named by its title", () => {
    const modal = vi.spyOn(HTMLDialogElement.prototype, "showModal");
    render(
      <Dialog title="New token" onClose={vi.fn()}>
        text
      </Dialog>,
    );
    expect(modal).toHaveBeenCalledOnce();
    expect(screen.getByRole("dialog", { name: "New token" })).toBe(dialog());
  });

  test("closes on Escape, beside it and by its button", () => {
    const onClose = vi.fn();
    render(
      <Dialog title="T" onClose={onClose}>
        text
      </Dialog>,
    );
    cancel();
    fireEvent.mouseDown(dialog());
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(onClose).toHaveBeenCalledTimes(3);
    fireEvent.mouseDown(screen.getByText("text"));
    expect(onClose).toHaveBeenCalledTimes(3);
  });

  test("that is locked does none of this", () => {
    const onClose = vi.fn();
    render(
      <Dialog title="T" locked onClose={onClose}>
        text
      </Dialog>,
    );
    cancel();
    fireEvent.mouseDown(dialog());
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
  });

  test("that is locked opens again when the browser has closed it", async () => {
    render(
      <Dialog title="T" locked onClose={vi.fn()}>
        text
      </Dialog>,
    );
    const element = dialog() as HTMLDialogElement;
    await act(async () => element.close());
    expect(element.hasAttribute("open")).toBe(true);
  });
});

describe("the focus", () => {
  const start = (children: React.ReactNode) => {
    render(
      <Dialog title="T" onClose={vi.fn()}>
        {children}
      </Dialog>,
    );
    return document.activeElement;
  };

  test("starts in the content, not at the close button", () => {
    const first = start(
      <>
        <p>text</p>
        <input aria-label="name" />
        <button type="button">OK</button>
      </>,
    );
    expect(first).toBe(screen.getByLabelText("name"));
  });

  test("starts at the chosen one of several radio buttons", () => {
    const first = start(
      <>
        <input type="radio" name="a" aria-label="one" />
        <input type="radio" name="a" aria-label="two" defaultChecked />
      </>,
    );
    expect(first).toBe(screen.getByLabelText("two"));
  });

  test("passes over what is disabled", () => {
    const first = start(
      <>
        <input disabled />
        <button type="button">Cancel</button>
      </>,
    );
    expect(first).toBe(screen.getByRole("button", { name: "Cancel" }));
  });

  test("goes back to where it was when the dialog goes", () => {
    render(<Page />);
    const opener = screen.getByRole("button", { name: "Open" });
    act(() => opener.focus());
    fireEvent.click(opener);
    expect(document.activeElement).toBe(screen.getByLabelText("name"));
    act(() => {
      cancel();
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(opener);
  });
});
