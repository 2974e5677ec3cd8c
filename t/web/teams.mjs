// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, open, sees, server, where } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const table = (page) => page.getByRole("table", { name: "Teams" });
const row = (page, name) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) });
const names = (page) =>
  table(page)
    .locator("[data-index]")
    .evaluateAll((all) =>
      all
        .sort((a, b) => a.dataset.index - b.dataset.index)
        .map((each) => each.querySelector("a").textContent),
    );
const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

async function list() {
  const page = await open("/teams", { as: "anna" });
  const all = await server("teams");
  await becomes(() => names(page), all, "every team is listed");
  await sees(main(page).getByText(`${all.length} teams`), "and counted");
  const owned = await server("owned", "wallet");
  await becomes(
    () => row(page, "wallet").getByRole("cell").allInnerTexts(),
    (cells) => cells.includes(String(owned.length)),
    "with the number of its services",
  );
  await page.keyboard.press("/");
  await page.keyboard.insertText("PAY");
  await becomes(() => where(page), "/teams?q=PAY", "a filter is in the address");
  await becomes(
    () => names(page),
    (got) => got.includes("payments-core") && got.includes("wallet") && got.length < all.length,
    "and finds by name or company",
  );
  await page.getByRole("searchbox").fill("nobody");
  await sees(page.getByRole("heading", { name: "No team matches" }), "no match is said");
  await page.getByRole("searchbox").fill("");
  await becomes(() => names(page), all, "and all are back without a filter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await sees(title(page, all[1]), "j and Enter open a team");
  await page.goBack();
  await main(page)
    .getByRole("link", { name: /^Owner unknown/ })
    .click();
  await becomes(
    () => where(page),
    "/services?team=-",
    "services without an owner are one click away",
  );
  await page.context().close();
}

async function one() {
  const page = await open("/teams/wallet", { as: "anna" });
  const owned = await server("owned", "wallet");
  await sees(title(page, "wallet"), "a team has a page");
  const services = page.getByRole("table", { name: "Services" });
  await becomes(() => services.locator("tbody tr").count(), owned.length, "with all that it owns");
  await sees(main(page).getByText("anna"), "who is in it");
  await sees(
    main(page)
      .getByText(/@.*\.example/)
      .first(),
    "and how to reach it",
  );
  await sees(main(page).getByRole("link", { name: "Atom feed" }), "its feed");

  const todo = main(page).getByRole("region", { name: "TODO" });
  await sees(todo.getByText("Overdue"), "what it still has to do is counted");
  await sees(todo.getByRole("link", { name: "Open the TODOs" }), "and can be opened");

  await page.evaluate(() => {
    window.sameDocument = true;
  });
  is(await server("give", "wallet-novelty", "wallet"), 200, "it is given a service");
  await sees(services.getByRole("link", { name: "wallet-novelty" }), "which the open page shows");
  is(await page.evaluate(() => window.sameDocument), true, "without a reload");
  is(await server("give", "wallet-novelty", "platform"), 200, "and gives it away");
  await misses(services.getByRole("link", { name: "wallet-novelty" }), "so that it is gone");

  await main(page).getByRole("link", { name: "Open in the list" }).click();
  await becomes(() => where(page), "/services?team=wallet", "its services are also a filter");
  await page.goBack();
  await services.getByRole("link", { name: owned[0] }).click();
  await sees(title(page, owned[0]), "and links");
  await main(page).getByRole("link", { name: "wallet", exact: true }).first().click();
  await sees(title(page, "wallet"), "that lead back to their team");
  await page.context().close();
}

async function unknown() {
  const page = await open("/teams/walet", {
    as: "anna",
    expected: [/^404 GET \/api\/v1\/teams\/(walet|zzz)/],
  });
  await sees(
    page.getByRole("heading", { name: "There is no team “walet”" }),
    "an unknown team is said to be one",
  );
  await main(page).getByRole("link", { name: "wallet" }).click();
  await sees(title(page, "wallet"), "and a name that is close leads there");
  await page.context().close();
}

browse(async () => {
  await list();
  await one();
  await unknown();
});
