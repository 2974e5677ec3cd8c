// SPDX-License-Identifier: Apache-2.0
import { browse, is, misses, open, sees, server } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const button = (within, name) => within.getByRole("button", { name, exact: true });
const row = (page, service) => main(page).locator("li[data-id]").filter({ hasText: service });
const item = async (campaign, service) => `/todos/${await server("id", campaign, service)}`;
const dialogOf = (page) => page.getByRole("dialog");

/** No news: what somebody else does is not seen. */
async function deaf(page) {
  await page.route("**/events/stream", (route) => route.abort());
  await page.route("**/api/v1/events?*", (route) => route.abort());
  await page.reload();
}

/** An item of one's own team: later, a word about it, done. */
async function own() {
  const page = await open(await item("drill", "acme-payment"), { as: "mia" });
  const dialog = dialogOf(page);
  await button(page, "Snooze…").click();
  await button(dialog, "Snooze").click();
  await sees(dialog.getByText("Choose a day."), "a day is needed");
  await button(dialog, "In a week").click();
  await button(dialog, "Snooze").click();
  await sees(main(page).getByText(/^Snoozed until/), "then it is snoozed");
  await button(page, "Undo").click();
  await sees(button(page, "Snooze…"), "until that is taken back");
  await page.getByLabel("Write a comment").fill("Tried on **Monday**.");
  await button(page, "Send").click();
  await sees(main(page).getByText("1 comment"), "what is said is counted");
  await sees(main(page).locator("strong", { hasText: "Monday" }), "and shown");
  await misses(button(page, "Exempt…"), "who is asked cannot exempt itself");
  await button(page, "Mark done…").click();
  await dialog.getByLabel(/^Evidence/).fill("ftp://notes");
  await button(dialog, "Mark done").click();
  await sees(dialog.getByText("Give a link with http or https."), "evidence is a link");
  await dialog.getByLabel(/^Evidence/).fill("https://wiki.example/restore");
  await button(dialog, "Mark done").click();
  await sees(button(page, "Reopen"), "what is done can be reopened");
  await misses(button(page, "Assign to me"), "and is nobody's to do");
  await misses(button(page, "Assign…"), "in no way");
  await page.context().close();
}

/** Who asks may let somebody off, and take that back. */
async function exempt() {
  const page = await open(await item("drill", "acme-refund"), { as: "aya" });
  const dialog = dialogOf(page);
  await button(page, "Exempt…").click();
  await button(dialog, "Exempt").click();
  await sees(dialog.getByText("Give a reason."), "an exemption needs a reason");
  await sees(dialog.getByText("Choose a day."), "and an end");
  await dialog.getByLabel("Reason").fill("It has no data.");
  await button(dialog, "In 30 days").click();
  await button(dialog, "Exempt").click();
  await sees(main(page).getByText(/^Reason: It has no data\. Approved by aya\. Until /), "told");
  await button(page, "Undo").click();
  await sees(button(page, "Exempt…"), "undone");
  is((await server("states", "drill"))["acme-refund"], "open", "in the database, too");
  await page.context().close();
}

/** What a rule decides is not for hands, one by one or many at once. */
async function ruled() {
  const page = await open("/campaigns/spec", { as: "mia" });
  for (const service of ["acme-payment", "acme-refund"]) {
    await row(page, service).getByRole("checkbox").check();
  }
  await sees(page.getByText("2 selected"), "both are selected");
  await misses(button(page, "Assign to me"), "nobody is assigned to what is done");
  await button(page, "Not applicable…").click();
  await dialogOf(page).getByLabel("Reason").fill("It is a library.");
  await button(dialogOf(page), "Not applicable").click();
  await sees(page.getByText(/^2 TODOs could not be changed\. acme-payment: /), "why not is told");
  await sees(page.getByText("2 selected"), "and they stay selected");
  await page.context().close();
}

/** The team of a campaign: a standard, or the end of it. */
async function lead() {
  const page = await open("/campaigns/drill", { as: "aya" });
  const chip = main(page).getByText("Standard", { exact: true });
  await button(page, "Make it a standard").click();
  await sees(chip, "it is a standard");
  await button(page, "Undo").click();
  await misses(chip, "or not");
  await button(page, "Cancel campaign…").click();
  const dialog = dialogOf(page);
  await sees(dialog.getByText(/^1 open TODO would be cancelled/), "what would be lost is told");
  await button(dialog, "Keep the campaign").click();
  await misses(dialog, "nothing is");
  await button(page, "Cancel campaign…").click();
  await button(dialog, "Cancel campaign").click();
  await sees(main(page).getByText("Cancelled", { exact: true }).first(), "then it is");
  await misses(button(page, "Edit"), "and nothing is left to be done with it");
  is(
    await server("states", "drill"),
    { "acme-payment": "done", "acme-refund": "cancelled" },
    "what was open is cancelled with it",
  );
  await page.context().close();
}

/** It has ended, and the page has not been told. */
async function late() {
  const page = await open("/campaigns/gone", { as: "aya", expected: [/^409 POST .*\/end$/] });
  await deaf(page);
  await sees(button(page, "Finish…"), "a campaign that runs");
  is(await server("end", "gone"), 200, "is ended by a program");
  await button(page, "Finish…").click();
  await button(dialogOf(page), "Finish").click();
  await sees(page.getByText(/ended|finished/).last(), "that it has ended is told");
  await page.context().close();
}

/** The team has gone, and the page has not been told. */
async function foreign() {
  const path = await item("spare", "acme-payment");
  const page = await open(path, { as: "mia", expected: [/^403 PATCH/] });
  await deaf(page);
  await sees(button(page, "Assign to me"), "an item of the team");
  is(await server("leave", "mia"), 0, "which one leaves");
  await button(page, "Assign to me").click();
  await sees(page.getByText(/^You may not do this\. Who can: .*“payments”/), "who may is told");
  await sees(main(page).getByText("Nobody", { exact: true }), "and nothing is changed");
  await page.context().close();
}

browse(async () => {
  await own();
  await exempt();
  await ruled();
  await lead();
  await late();
  await foreign();
});
