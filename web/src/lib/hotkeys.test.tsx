// SPDX-License-Identifier: Apache-2.0
import { fireEvent } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { render } from "@/testing/render";
import { createSequence, keyName, useHotkeys } from "./hotkeys";

const press = (part: Partial<Parameters<typeof keyName>[0]>) =>
  keyName({
    key: "j",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    ...part,
  });

describe("keyName", () => {
  test.each([
    [{ key: "j" }, "j"],
    [{ key: "J" }, "j"],
    [{ key: "?" }, "?"],
    [{ key: "Enter" }, "Enter"],
    [{ key: "K", ctrlKey: true }, "mod+k"],
    [{ key: "k", metaKey: true }, "mod+k"],
    [{ key: "j", altKey: true }, undefined],
    [{ key: "j", isComposing: true }, undefined],
    [{ key: "Process" }, undefined],
    [{ key: "Dead" }, undefined],
  ])("%j is %s", (given, name) => expect(press(given)).toBe(name));
});

describe("createSequence", () => {
  const bindings = ["g s", "g t", "j", "?"];

  test("a single key is there at once", () => {
    const sequence = createSequence(() => 0);
    expect(sequence("j", bindings)).toBe("j");
    expect(sequence("x", bindings)).toBeUndefined();
  });

  test("two keys within a second are one binding", () => {
    let now = 5000;
    const sequence = createSequence(() => now);
    expect(sequence("g", bindings)).toBeUndefined();
    now += 999;
    expect(sequence("s", bindings)).toBe("g s");
    expect(sequence("s", bindings)).toBeUndefined();
  });

  test("the second key too late, or another one, ends it", () => {
    let now = 5000;
    const sequence = createSequence(() => now);
    sequence("g", bindings);
    now += 1000;
    expect(sequence("s", bindings)).toBeUndefined();
    sequence("g", bindings);
    expect(sequence("j", bindings)).toBe("j");
    expect(sequence("t", bindings)).toBeUndefined();
  });
});

function Page({ j, palette }: { j: () => void; palette: () => void }) {
  useHotkeys({ j, "mod+k": palette });
  return (
    <>
      <input aria-label="field" />
      <dialog aria-label="dialog" />
    </>
  );
}

describe("useHotkeys", () => {
  function setUp() {
    const ran = { j: vi.fn(), palette: vi.fn() };
    return { ran, ...render(<Page j={ran.j} palette={ran.palette} />) };
  }

  test("a key runs what is bound to it, and nothing else happens", async () => {
    const { ran } = await setUp();
    const unhandled = fireEvent.keyDown(document.body, { key: "j" });
    expect(ran.j).toHaveBeenCalledOnce();
    expect(unhandled).toBe(false);
  });

  test("a field keeps its plain keys, but not those with a modifier", async () => {
    const { ran, getByLabelText } = setUp();
    fireEvent.keyDown(getByLabelText("field"), { key: "j" });
    expect(ran.j).not.toHaveBeenCalled();
    fireEvent.keyDown(getByLabelText("field"), { key: "k", ctrlKey: true });
    expect(ran.palette).toHaveBeenCalledOnce();
  });

  test("an open dialog keeps plain keys from the page below", () => {
    const { ran, getByLabelText } = setUp();
    getByLabelText("dialog").setAttribute("open", "");
    fireEvent.keyDown(document.body, { key: "j" });
    expect(ran.j).not.toHaveBeenCalled();
  });

  test("what another has handled is left alone", () => {
    const { ran, getByLabelText } = setUp();
    const field = getByLabelText("field").parentElement as HTMLElement;
    field.addEventListener("keydown", (event) => event.preventDefault());
    fireEvent.keyDown(field, { key: "j" });
    expect(ran.j).not.toHaveBeenCalled();
  });

  test("nothing is bound any more once it is gone", () => {
    const { ran, unmount } = setUp();
    unmount();
    fireEvent.keyDown(document.body, { key: "j" });
    expect(ran.j).not.toHaveBeenCalled();
  });
});
