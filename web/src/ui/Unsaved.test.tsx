// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { act, fireEvent, i18nOf, renderPage, screen } from "@/testing/render";
import { Unsaved } from "./Unsaved";

const { unsaved: t } = i18nOf("en").t;
const EDITOR = "/policy?edit=1";
const show = (when: boolean) =>
  renderPage(<Unsaved when={when} stays={(search) => search.edit === "1"} />, { path: EDITOR });
type Page = Awaited<ReturnType<typeof show>>;
const go = async ({ router }: Page, to: string, more = {}) => {
  await act(async () => {
    router.history.push(to, undefined, more);
    await new Promise((resolve) => setTimeout(resolve));
  });
};
const press = (name: string) =>
  act(async () => {
    fireEvent.click(screen.getByRole("button", { name }));
    await new Promise((resolve) => setTimeout(resolve));
  });
const at = ({ router }: Page) => router.history.location.href;

test("with nothing typed the page goes where it is told to", async () => {
  const page = await show(false);
  await go(page, "/teams");
  expect(at(page)).toBe("/teams");
});

test("what was typed keeps it until somebody says so", async () => {
  const page = await show(true);
  await go(page, "/teams");
  expect(screen.getByRole("dialog", { name: t.title })).toBeTruthy();
  expect(at(page)).toBe(EDITOR);
  await press(t.stay);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(at(page)).toBe(EDITOR);
  await go(page, "/teams");
  await press(t.leave);
  expect(at(page)).toBe("/teams");
});

test("also when the same path is shown without the editor", async () => {
  const page = await show(true);
  await go(page, "/policy");
  expect(at(page)).toBe(EDITOR);
  expect(screen.getByRole("dialog")).toBeTruthy();
});

test("but not when the editor stays, or after saving", async () => {
  const page = await show(true);
  await go(page, "/policy?edit=1&waivers=past");
  expect(at(page)).toBe("/policy?edit=1&waivers=past");
  await go(page, "/policy", { ignoreBlocker: true });
  expect(at(page)).toBe("/policy");
});
