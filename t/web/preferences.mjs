// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, open, origin, passwords, sees, server, signIn } from "./browser.mjs";

const PATH = "/settings/preferences";
const root = (page, name) =>
  page.evaluate((each) => document.documentElement.getAttribute(each), name);
const paper = (page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const LIGHT = "rgb(247, 248, 249)";
const DARK = "rgb(15, 20, 25)";
const choose = (page, name) => page.getByRole("main").getByText(name, { exact: true }).click();

async function theme(page) {
  is(await paper(page), LIGHT, "the theme is the system's: light");
  await page.emulateMedia({ colorScheme: "dark" });
  await becomes(() => paper(page), DARK, "dark when that turns dark");
  await choose(page, "Light");
  await becomes(() => paper(page), LIGHT, "light when it is chosen");
  await choose(page, "Dark");
  await becomes(() => paper(page), DARK, "dark when that is");
  await page.emulateMedia({ colorScheme: "light" });
  is(await paper(page), DARK, "whatever the system says");
  is(
    await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme),
    "dark",
    "the browser's own controls follow",
  );
  await page.reload();
  is(await paper(page), DARK, "a reload is dark from its first moment");
  await sees(page.getByRole("radio", { name: "Dark", checked: true }), "and the choice is shown");
}

async function language(page) {
  is(await root(page, "lang"), "en", "the language is the browser's");
  await choose(page, "日本語");
  await sees(page.getByRole("heading", { level: 1, name: "個人設定" }), "Japanese is at once");
  is(await root(page, "lang"), "ja", "the document says so");
  await becomes(() => page.title(), /^個人設定 · 設定 · mdash$/, "so does the window");
  await page.reload();
  await sees(page.getByRole("heading", { level: 1, name: "個人設定" }), "and after a reload");
  is(await root(page, "lang"), "ja", "the document still says so");

  const other = await page.context().newPage();
  await other.goto(`${origin}/services`);
  await sees(other.getByRole("heading", { level: 1, name: "サービス" }), "in another tab, too");
  is(
    await other.getByText("Holds what people own").getAttribute("lang"),
    "en",
    "a text in English is marked as such",
  );
  await page.getByRole("button", { name: "Switch to English" }).click();
  await sees(
    other.getByRole("heading", { level: 1, name: "Services" }),
    "what is changed in one tab changes in the other",
  );
  is(
    await other.getByText("決済する").getAttribute("lang"),
    "ja",
    "where the text in Japanese is marked",
  );
  await other.close();
}

async function density(page) {
  await choose(page, "Compact (one line)");
  is(await root(page, "data-density"), "compact", "rows can be lower");
  const other = await page.context().newPage();
  await other.goto(`${origin}/services`);
  const row = other.getByRole("table", { name: "Services" }).locator("[data-index]").first();
  await becomes(async () => (await row.boundingBox()).height, 34, "in tables");
  await choose(page, "Comfortable (two lines)");
  await becomes(async () => (await row.boundingBox()).height, 44, "and high again, at once");
  await other.close();
}

async function browserLanguage() {
  const page = await open("/services", { as: "anna", locale: "ja-JP" });
  await sees(
    page.getByRole("heading", { level: 1, name: "サービス" }),
    "who has a Japanese browser sees Japanese from the start",
  );
  await page.context().close();
}

async function account(page) {
  const panel = page.getByRole("main");
  await sees(panel.getByText("Viewer", { exact: true }), "the account says what one may do");
  await sees(panel.getByRole("link", { name: "payments" }), "and for which teams");

  const elsewhere = await open("/services", { expected: [/^401 GET/] });
  await signIn(elsewhere, "anna");
  await sees(elsewhere.getByText("Live", { exact: true }), "the account is in use elsewhere");
  const before = await server("sessions", "anna");
  await page.getByLabel("Current password").fill(passwords.anna);
  await page.getByLabel("New password", { exact: true }).fill("entirely another one");
  await page.getByLabel("New password again").fill("entirely another one");
  await page.getByRole("button", { name: "Change password" }).click();
  await sees(page.getByText("Password changed"), "the password can be changed");
  is(await page.getByLabel("Current password").inputValue(), "", "and leaves no trace in the form");
  is([before > 1, await server("sessions", "anna")], [true, 1], "which ends every other session");
  await page.reload();
  await sees(panel.getByText("Viewer", { exact: true }), "but not this one");
  await elsewhere.context().close();
}

browse(async () => {
  const page = await open(PATH, { as: "anna" });
  await sees(page.getByRole("heading", { level: 1, name: "Preferences" }), "there is a screen");
  await theme(page);
  await language(page);
  await density(page);
  await browserLanguage();
  await account(page);
});
