// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from "vitest";
import type { Session } from "@/api/generated";
import { currentPrefs, setPrefs } from "@/lib/prefs";
import { fireEvent, renderPage, screen } from "@/testing/render";
import { PreferencesView } from "./PreferencesView";

const session: Session = {
  subject: "user:kenji",
  kind: "session",
  name: "kenji",
  displayName: "佐藤 健二",
  role: "viewer",
  scopes: [],
  teams: ["wallet"],
  version: "1",
};
const show = (given: Session | undefined = session, failure?: { detail: string }) =>
  renderPage(
    <PreferencesView session={given} failure={failure} onRetry={vi.fn()} password={<p>form</p>} />,
  );

afterEach(() => setPrefs({ theme: "system", language: "en", density: "comfortable" }));

test.each([
  ["Dark", { theme: "dark" }],
  ["日本語", { language: "ja" }],
  ["Compact (one line)", { density: "compact" }],
])("%s is chosen by one click", async (name, prefs) => {
  await show();
  fireEvent.click(screen.getByRole("radio", { name }));
  expect(currentPrefs()).toMatchObject(prefs);
  expect(screen.getByRole<HTMLInputElement>("radio", { name }).checked).toBe(true);
});

test("says who one is", async () => {
  await show();
  expect(screen.getByText("佐藤 健二 (kenji)")).toBeTruthy();
  expect(screen.getByText("Viewer")).toBeTruthy();
  expect(screen.getByRole("link", { name: "wallet" }).getAttribute("href")).toBe("/teams/wallet");
});

test("who cannot be told does not keep one from choosing", async () => {
  await renderPage(
    <PreferencesView
      session={undefined}
      failure={{ detail: "No answer." }}
      onRetry={vi.fn()}
      password={<p>form</p>}
    />,
  );
  expect(screen.getByRole("alert").textContent).toContain("No answer.");
  fireEvent.click(screen.getByRole("radio", { name: "Light" }));
  expect(currentPrefs().theme).toBe("light");
});
