// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const table = (page) => page.getByRole("table", { name: "Services" });
const field = (page) => page.getByRole("searchbox", { name: "Filter services" });
const choice = (page, name) => page.getByRole("combobox", { name, exact: true });
const said = (page) => page.getByRole("main").getByRole("status").first().textContent();
const ids = (page) =>
  table(page)
    .locator("[data-index]")
    .evaluateAll((rows) => rows.map((row) => row.querySelector("a").textContent).sort());

/** Opens the list, and waits until it is filled. */
async function list(path) {
  const page = await open(path, { as: "anna" });
  await table(page).locator("[data-index]").first().waitFor();
  return page;
}

async function shows(page, facets, name) {
  const all = await server("having", ...facets);
  const count = all.length === 1 ? "1 service" : `${all.length} services`;
  await becomes(() => said(page), count, `${name}: ${count}`);
  const only = (got) => got.length > 0 && got.every((id) => all.includes(id));
  await becomes(() => ids(page), only, "and only those");
}

async function choices() {
  const page = await list("/services");
  const count = (await server("having", "team:wallet")).length;
  is(
    await choice(page, "Team")
      .getByRole("option", { name: `wallet (${count})` })
      .count(),
    1,
    "each choice has its number",
  );
  await choice(page, "Team").selectOption("wallet");
  await becomes(() => where(page), "/services?team=wallet", "a team goes into the address");
  await shows(page, ["team:wallet"], "its services are shown");
  await choice(page, "Lifecycle").selectOption("production");
  await becomes(
    () => where(page),
    "/services?team=wallet&lifecycle=production",
    "a lifecycle goes beside it",
  );
  await shows(page, ["team:wallet", "lifecycle:production"], "both count");
  await choice(page, "Tier").selectOption("1");
  await becomes(() => where(page), /&tier=1$/, "and a tier");
  await shows(page, ["team:wallet", "lifecycle:production", "tier:1"], "all three count");

  await page.goBack();
  await becomes(() => where(page), /lifecycle=production$/, "the way back undoes one choice");
  await becomes(() => choice(page, "Tier").inputValue(), "", "in the choices, too");
  await shows(page, ["team:wallet", "lifecycle:production"], "and in the rows");
  await page.goForward();
  await becomes(() => choice(page, "Tier").inputValue(), "1", "the way forward brings it again");
  await page.reload();
  await becomes(() => choice(page, "Tier").inputValue(), "1", "so does the address alone");
  await shows(page, ["team:wallet", "lifecycle:production", "tier:1"], "with the same rows");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await becomes(() => where(page), "/services", "one button clears them all");
  await becomes(() => said(page), "200 services", "and everything is shown");
  await page.context().close();
}

async function tags() {
  const page = await list("/services");
  const [, first] = await choice(page, "Tag").getByRole("option").all();
  const tag = await first.getAttribute("value");
  await choice(page, "Tag").selectOption(tag);
  await becomes(() => where(page), `/services?tag=${tag}`, "a tag goes into the address");
  await shows(page, [`tag:${tag}`], "services that have it are shown");
  is(
    await choice(page, "Tag").locator(`option[value="${tag}"]`).count(),
    0,
    "it is no choice any more",
  );
  const [, second] = await choice(page, "Tag").getByRole("option").all();
  const other = await second.getAttribute("value");
  await choice(page, "Tag").selectOption(other);
  await becomes(() => where(page), `/services?tag=${tag}&tag=${other}`, "a second goes beside it");
  await shows(page, [`tag:${tag}`, `tag:${other}`], "both are needed");
  await page.getByRole("button", { name: `Remove the tag “${tag}”` }).click();
  await becomes(() => where(page), `/services?tag=${other}`, "each can be taken away");

  await page.getByRole("button", { name: "Clear filters" }).click();
  await choice(page, "Team").selectOption({ label: "Owner unknown (3)" });
  await becomes(() => where(page), "/services?team=-", "no owner is a choice like a team");
  await becomes(() => said(page), "3 services", "and finds what nobody owns");
  await page.context().close();
}

async function words() {
  const page = await list("/services");
  const steps = () => page.evaluate(() => history.length);
  const before = await steps();
  await field(page).fill("決済");
  await becomes(() => where(page), `/services?q=${encodeURIComponent("決済")}`, "words are found");
  await becomes(
    () => ids(page),
    (got) => got.length > 10 && got.length < 20 && got.includes("pay-qr-code"),
    "in Japanese",
  );
  is(await steps(), before, "without a step in the history for each letter");
  const same = ["market-order-legacy-php", "pay-bank-connector", "pay-kids-wallet"];
  for (const text of ["ケッサイ", "けっさい", "ｹｯｻｲ"]) {
    await field(page).fill(text);
    await becomes(() => where(page), `/services?q=${encodeURIComponent(text)}`, `${text} is asked`);
    await becomes(
      () => ids(page),
      (got) => got.length < 10 && same.every((id) => got.includes(id)),
      "and finds the word in every script",
    );
  }
  await field(page).fill("no-such-thing-at-all");
  await sees(page.getByRole("heading", { name: "No service matches" }), "no match is said");
  is(await table(page).locator("[data-index]").count(), 0, "and no row is left");
  await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
  await becomes(() => said(page), "200 services", "from where one button leads back");
  is(await field(page).inputValue(), "", "the field is empty again");

  await field(page).fill("team:wallet tier:1");
  await becomes(() => choice(page, "Team").inputValue(), "wallet", "team:wallet is the choice");
  await becomes(() => choice(page, "Tier").inputValue(), "1", "tier:1 as well");
  await shows(page, ["team:wallet", "tier:1"], "and they filter");
  await choice(page, "Team").selectOption("platform");
  await becomes(() => field(page).inputValue(), "tier:1", "another choice replaces the words");
  await shows(page, ["team:platform", "tier:1"], "and counts");
  await page.context().close();
}

/** Half of a Japanese word must not filter everything away. */
async function inputMethod() {
  const page = await list("/services");
  const cdp = await page.context().newCDPSession(page);
  const asked = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/v1/services") {
      asked.push(new URL(request.url()).searchParams.get("q"));
    }
  });
  await field(page).focus();
  const compose = (text) =>
    cdp.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  for (const text of ["ｋ", "け", "けｓ", "けっさ", "けっさい", "決済"]) {
    await compose(text);
    is(await field(page).inputValue(), text, `an input method writes ${text}`);
  }
  // Longer than the pause after which typed text is asked for.
  await page.evaluate(() => new Promise((resume) => setTimeout(resume, 500)));
  is(asked, [], "and nothing is asked in the middle of the word");
  is(where(page), "/services", "nor is the address another");
  await cdp.send("Input.insertText", { text: "決済" });
  await becomes(
    () => where(page),
    `/services?q=${encodeURIComponent("決済")}`,
    "the end of it counts",
  );
  await becomes(() => asked, ["決済"], "and the whole word is asked, once");
  await misses(
    table(page).getByRole("link", { name: "data-event-collector" }),
    "and the rows are filtered",
  );
  ok((await ids(page)).length > 3, "to those with the word");
  await page.context().close();
}

browse(async () => {
  await choices();
  await tags();
  await words();
  await inputMethod();
});
