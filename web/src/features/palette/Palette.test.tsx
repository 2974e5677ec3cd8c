// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, test, vi } from "vitest";
import { act, fireEvent, renderPage, screen, waitFor } from "@/testing/render";
import type { Command } from "./model";
import Palette from "./Palette";

const hit = (key: string, kind = "service") => ({ kind, key, title: key, detail: "" });
const campaign = { name: "alert-channel", title: "Alert channel set", team: "platform" };
const ran = vi.fn();
const commands: Command[] = [
  { id: "dark", label: "Theme: dark", run: () => ran("dark") },
  { id: "light", label: "Theme: light", run: () => ran("light") },
];
const onClose = vi.fn();
let asked: string[];

beforeEach(() => {
  ran.mockReset();
  onClose.mockReset();
  asked = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(decodeURIComponent(url));
    if (url.startsWith("/api/v1/campaigns")) {
      return Response.json({ items: /q=alert/.test(url) ? [campaign] : [], next: null });
    }
    return Response.json({ items: [hit("acme-payment"), hit("wallet", "team")] });
  });
});

const show = () => renderPage(<Palette commands={commands} onClose={onClose} />);
const field = () => screen.getByRole("combobox");
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const options = () => screen.queryAllByRole("option").map((option) => option.textContent);
const chosen = () =>
  screen.getAllByRole("option").find((option) => option.getAttribute("aria-selected") === "true")
    ?.textContent;

test("before anything is typed there are recent visits and all commands", async () => {
  const visit = { kind: "service", key: "acme-wallet", detail: "" };
  localStorage.setItem("mdash.recent", JSON.stringify([visit]));
  await show();
  expect(options()).toEqual(["acme-wallet", "Theme: dark", "Theme: light"]);
  expect(asked).toEqual([]);
});

test("what is typed is looked for on the server, and Enter opens the first", async () => {
  const { router } = await show();
  type("pay");
  await waitFor(() => expect(options()).toEqual(["acme-payment", "wallet"]));
  expect(asked).toEqual(["/api/v1/search?q=pay&limit=20", "/api/v1/campaigns?q=pay&limit=5"]);
  await act(async () => fireEvent.keyDown(field(), { key: "Enter" }));
  expect(onClose).toHaveBeenCalledOnce();
  expect(router.state.location.pathname).toBe("/services/acme-payment");
});

test("campaigns are found beside services and teams", async () => {
  const { router } = await show();
  type("alert");
  const name = "Alert channel setalert-channel · platform";
  await waitFor(() => expect(options()).toEqual(["acme-payment", "wallet", name]));
  expect(screen.getByRole("group", { name: "Campaigns" })).toBeTruthy();
  fireEvent.click(screen.getByRole("option", { name: /Alert channel/ }));
  expect(router.state.location.pathname).toBe("/campaigns/alert-channel");
});

describe("the keyboard", () => {
  test("goes round, and the field tells which one is chosen", async () => {
    await show();
    expect(chosen()).toBe("Theme: dark");
    fireEvent.keyDown(field(), { key: "ArrowUp" });
    expect(chosen()).toBe("Theme: light");
    const id = field().getAttribute("aria-activedescendant") ?? "";
    expect(document.getElementById(id)?.textContent).toBe("Theme: light");
    fireEvent.keyDown(field(), { key: "ArrowDown" });
    expect(chosen()).toBe("Theme: dark");
  });

  test("runs a command", async () => {
    await show();
    type("> light");
    await waitFor(() => expect(options()).toEqual(["Theme: light"]));
    fireEvent.keyDown(field(), { key: "Enter" });
    expect(ran.mock.calls).toEqual([["light"]]);
    expect(asked).toEqual([]);
  });

  test("leaves an input method its Enter and its arrows", async () => {
    await show();
    fireEvent.compositionStart(field());
    type("けっさい");
    fireEvent.keyDown(field(), { key: "ArrowDown", isComposing: true });
    fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    expect(chosen()).toBe("Theme: dark");
    expect(onClose).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
    fireEvent.compositionEnd(field(), { data: "決済" });
    await waitFor(() => expect(asked).toHaveLength(2));
  });
});

test("finds nothing, and says so", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ items: [] }));
  await show();
  type("zzz");
  await waitFor(() => expect(screen.getByText("Nothing found")).toBeTruthy());
});

test("cannot look, and says so; commands still work", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  await show();
  type("theme");
  await waitFor(() => expect(screen.getByText("The search failed")).toBeTruthy());
  expect(options()).toEqual(["Theme: dark", "Theme: light"]);
});
