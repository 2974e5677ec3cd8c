// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, open, sees, where } from "./browser.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Search and commands" });
const field = (page) => palette(page).getByRole("combobox", { name: "Search and commands" });
const options = (page) => palette(page).getByRole("option");
const group = (page, name) => palette(page).getByRole("group", { name, exact: true });
const entries = (page, name) => group(page, name).getByRole("option");
const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

/** The chosen entry, as the field tells it to a screen reader. */
const chosen = (page) =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant");
    const option = id && document.getElementById(id);
    // Its title; what follows that is a detail, or the keys that do the same.
    const title = option?.querySelector("span")?.textContent;
    return option?.getAttribute("aria-selected") === "true" ? title : "";
  });

async function summon(page) {
  await page.keyboard.press("Control+k");
  await sees(palette(page), "Ctrl-K opens the palette");
}

async function opening(page) {
  await page.getByRole("table", { name: "Services" }).getByRole("link").first().focus();
  const before = await page.evaluate(() => document.activeElement.textContent);
  await summon(page);
  await becomes(() => focused(page), "Search and commands", "the keyboard is in its field");
  await sees(entries(page, "Commands").first(), "with every command to choose from");
  is(await group(page, "Recent").count(), 0, "and nothing recent yet");
  await page.keyboard.press("Escape");
  await misses(palette(page), "Escape closes it");
  await becomes(
    () => page.evaluate(() => document.activeElement.textContent),
    before,
    "and the keyboard is where it was",
  );
  await page.getByRole("button", { name: "Search or run a command" }).click();
  await sees(palette(page), "the button in the top bar opens it, too");
  await page.keyboard.press("Control+k");
  await misses(palette(page), "and Ctrl-K closes it");
}

async function services(page) {
  await summon(page);
  await page.keyboard.type("ledger");
  await becomes(
    () => entries(page, "Services").count(),
    (n) => n > 0,
    "a service is found",
  );
  await becomes(() => chosen(page), "pay-ledger", "the best one is chosen");
  await page.keyboard.press("Enter");
  await sees(title(page, "pay-ledger"), "Enter opens it");
  await misses(palette(page), "and closes the palette");
  is(where(page), "/services/pay-ledger", "at its address");

  await summon(page);
  await page.keyboard.insertText("けっさい");
  await becomes(
    async () => (await entries(page, "Services").allInnerTexts()).join(" "),
    /pay-kids-wallet/,
    "Japanese is found in every script",
  );
  await page.keyboard.press("Escape");
}

async function teams(page) {
  await summon(page);
  await page.keyboard.type("payments-core");
  await sees(entries(page, "Teams").first(), "teams are found beside services");
  await field(page).fill("@wal");
  await becomes(() => options(page).count(), 1, "@ looks among teams alone");
  await becomes(() => chosen(page), "wallet", "by a part of the name");
  await page.keyboard.press("Enter");
  await sees(title(page, "wallet"), "and Enter opens the team");

  await summon(page);
  await page.keyboard.type("#legacy");
  await becomes(() => chosen(page), /legacy/, "# looks among tags");
  const tag = await chosen(page);
  await page.keyboard.press("Enter");
  await becomes(() => where(page), `/services?tag=${tag}`, "and Enter filters by one");
}

async function recent(page) {
  await summon(page);
  await becomes(
    async () => (await entries(page, "Recent").allInnerTexts()).map((text) => text.split("\n")[0]),
    ["wallet", "pay-ledger"],
    "what was opened last comes first",
  );
  await page.keyboard.press("ArrowDown");
  await becomes(() => chosen(page), "pay-ledger", "the arrows choose");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await becomes(() => chosen(page), "Sign out", "round and round");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await sees(title(page, "pay-ledger"), "Enter opens the chosen one");
}

async function commands(page) {
  const run = async (text, name) => {
    await summon(page);
    await page.keyboard.type(text);
    await becomes(() => chosen(page), name, `> finds the command ${name}`);
    await page.keyboard.press("Enter");
    await misses(palette(page), "and runs it");
  };
  const root = (attribute) =>
    page.evaluate((name) => document.documentElement.getAttribute(name), attribute);
  await run(">dark", "Theme: dark");
  is(await root("data-theme"), "dark", "the page is dark");
  await run(">compact", "Rows: compact");
  is(await root("data-density"), "compact", "and its rows are low");
  await run(">without an owner", "Go to services without an owner");
  await becomes(() => where(page), "/services?team=-", "commands lead to screens");
  await run(">keyboard", "Show keyboard shortcuts");
  await sees(page.getByRole("dialog", { name: "Keyboard shortcuts" }), "and to help");
  await page.keyboard.press("Escape");

  await summon(page);
  await page.keyboard.type("no such thing");
  await sees(palette(page).getByText("Nothing found"), "what is not there is said not to be");
  await page.keyboard.press("Enter");
  await sees(palette(page), "and Enter does nothing then");
  await page.keyboard.press("Escape");

  await run(">日本語", "言語: 日本語");
  await becomes(() => root("lang"), "ja", "the language can be changed");
  await page.keyboard.press("Control+k");
  const japanese = page.getByRole("dialog", { name: "検索とコマンド" });
  await sees(japanese, "the palette is in Japanese then");
  await page.keyboard.insertText("＞サインアウト");
  await page.keyboard.press("Enter"); // at once: it counts for what was typed
  await becomes(() => where(page), /^\/sign-in/, "a command in Japanese ends the session");
}

browse(async () => {
  const page = await open("/services", { as: "anna" });
  await page.getByRole("link", { name: "data-event-collector" }).waitFor();
  await opening(page);
  await services(page);
  await teams(page);
  await recent(page);
  await commands(page);
});
