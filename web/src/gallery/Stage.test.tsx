// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fireEvent, render, screen, waitFor } from "@/testing/render";
import { parts } from "./parts";
import { Stage } from "./Stage";
import { scenes } from "./scenes";
import { PARTS, SCENES, type SceneId, SHOWS } from "./shows";

const network = vi.fn(async () => new Response(null, { status: 500 }));
beforeEach(() => {
  network.mockClear();
  vi.stubGlobal("fetch", network);
  vi.stubGlobal("EventSource", undefined);
});

const show = (id: SceneId) => render(<Stage scene={scenes[id]} />);

test("everything that is listed can be shown, and the other way round", () => {
  expect(Object.keys(parts).sort()).toEqual([...PARTS].sort());
  expect(Object.keys(scenes).sort()).toEqual([...SCENES].sort());
  expect(new Set(SHOWS).size).toBe(SHOWS.length);
});

describe("a scene", () => {
  test("is the page itself, without a server", async () => {
    const { container, unmount } = show("tokens-filled");
    await waitFor(() => expect(screen.getByText("notebook")).toBeTruthy());
    await waitFor(() => expect(container.querySelector("[data-gallery=ready]")).not.toBeNull());
    expect(network).not.toHaveBeenCalled();
    unmount();
    expect(globalThis.fetch).toBe(network);
  });

  test("of loading stays so", async () => {
    const { container } = show("tokens-loading");
    await waitFor(() => expect(container.querySelector("[data-gallery=ready]")).not.toBeNull());
    expect(container.querySelector("[aria-busy=true]")).not.toBeNull();
  });

  test("of a refresh that fails keeps what was there", async () => {
    const { container } = show("tokens-stale");
    await waitFor(() => expect(container.querySelector("[data-gallery=ready]")).not.toBeNull());
    expect(screen.getByText("notebook")).toBeTruthy();
    expect(screen.getByText(/refresh failed/i)).toBeTruthy();
  });

  test("can be used: a new token shows its faults", async () => {
    show("token-draft");
    await waitFor(() => expect(screen.getByRole("dialog")).toBeTruthy());
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(document.activeElement).toBe(screen.getByRole("alert"));
  });
});
