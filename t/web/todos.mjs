// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, open, sees, server, where } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const button = (within, name) => within.getByRole("button", { name, exact: true });
const row = (page, service) => main(page).locator("li[data-id]").filter({ hasText: service });
const inView = (locator) =>
  locator.evaluate((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
const RULE = "exists($.spec.contact.slack.alertChannelId)";

/** Who is in no team is told who may; nothing is asked of anybody yet. */
async function nothing() {
  const page = await open("/campaigns", { as: "noa" });
  await sees(page.getByRole("heading", { name: "There is no campaign yet" }), "at first none");
  await sees(
    page.getByText("Only members of a team and administrators start campaigns.").first(),
    "and who may start one",
  );
  await page.goto(page.url().replace("campaigns", "todos"));
  await sees(page.getByText(/^You are a member of no team/), "an empty list says whose it is");
  await page.context().close();
}

async function draft() {
  const page = await open("/new-campaign", {
    as: "aya",
    expected: [/^422 POST .*preview/],
  });
  const rule = page.getByLabel("Rule", { exact: true });
  await page.getByLabel("Title").fill("Name the alert channel");
  await becomes(
    () => page.getByLabel("Name", { exact: true }).inputValue(),
    "name-the-alert-channel",
    "the name follows the title",
  );
  await rule.fill("exists($.spec.");
  await sees(page.getByText(/syntax error/).first(), "a fault is told where the rule is typed");
  await rule.fill(RULE);
  const effect = page.getByText("Would open 3 TODOs; 1 already done.");
  await sees(effect, "and what the rule would bring about, while it is typed");
  await page.getByLabel("Damping in hours").focus();
  await becomes(() => inView(effect), true, "in sight wherever in the form one is");
  await page.getByLabel("Why").fill("Alerts reach **nobody**.");
  await page.getByRole("link", { name: "Services" }).first().click();
  const dialog = page.getByRole("dialog");
  await sees(dialog.getByText("If you leave now, what you typed is lost."), "leaving asks");
  await button(dialog, "Keep editing").click();
  await button(page, "Save draft").click();
  await becomes(() => where(page), "/campaigns/name-the-alert-channel", "the draft has a page");
  await sees(page.getByText("Draft", { exact: true }), "and is one");
  return page;
}

async function launch(page) {
  await button(page, "Launch…").click();
  const dialog = page.getByRole("dialog");
  await sees(dialog.getByText("Would open 3 TODOs; 1 already done."), "a launch is shown first");
  is(await server("states"), {}, "and has done nothing");
  await button(dialog, "Launch now").click();
  await sees(page.getByText("Launched: 3 open, 1 already done"), "then it runs");
  await sees(main(page).getByText("25 %").first(), "with its progress");
  await sees(row(page, "acme-wallet"), "and an item for each service");
  await button(main(page), "payments").click();
  await misses(row(page, "acme-wallet"), "of a team only its own");
  await becomes(() => inView(row(page, "acme-payment")), true, "which come into sight");
  await main(page).getByText("Matrix", { exact: true }).click();
  await sees(page.getByRole("grid", { name: "Matrix" }), "also as a matrix");
  await page.locator("[data-cell='0,0']").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await sees(page.getByRole("dialog").getByText("acme-payment"), "whose cells open with Enter");
  await page.keyboard.press("Escape");
  await page.context().close();
}

/** The team's own list: keyboard, what is missing, and how facts close an item. */
async function facts() {
  const page = await open("/todos", { as: "mia" });
  await sees(page.getByText("Live", { exact: true }), "the page is live");
  await sees(row(page, "acme-payment"), "mine are those of my team");
  await misses(row(page, "acme-wallet"), "and no others");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await sees(sheet.getByText("spec.contact").first(), "an item says what is missing");
  await page.keyboard.press("Escape");
  await becomes(() => where(page), "/todos", "Escape closes it");
  await row(page, "acme-payment").getByRole("link").click();
  await sees(sheet.getByText("Alerts reach nobody."), "and why it is asked");
  is(await server("give", "acme-payment", "payments", "C200"), 200, "the channel is published");
  await sees(sheet.getByText("Done", { exact: true }).first(), "and the open page says done");
  await sees(sheet.getByText("c0ffee0005").first(), "with the commit that brought it");
  is(await server("give", "acme-payment", "payments", null), 200, "the old spec comes again");
  await sees(sheet.getByText("Reopened 1 time"), "and the item is open again");
  await page.keyboard.press("Escape");
  // Until then the list behind it takes no focus, and then it gets the one from before.
  await misses(sheet, "and can be closed");
  return page;
}

async function changes(page) {
  await row(page, "acme-refund").getByRole("link").focus();
  await page.keyboard.press("x");
  await sees(page.getByText("1 selected"), "x selects");
  await button(page, "Not applicable…").click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "Not applicable").click();
  await sees(dialog.getByText("Give a reason."), "a reason is needed");
  await dialog.getByLabel("Reason").fill("It pages nobody by design.");
  await button(dialog, "Not applicable").click();
  await sees(page.getByText("1 TODO changed"), "then it is so");
  await misses(row(page, "acme-refund"), "and is no longer listed");
  await button(page, "Undo").click();
  await sees(row(page, "acme-refund"), "until that is taken back");
  is((await server("states"))["acme-refund"], "open", "in the database, too");
  await page.context().close();
}

/** Somebody else is faster, and the page has not been told. */
async function meanwhile() {
  const page = await open("/todos", { as: "mia", expected: [/^412 PATCH/] });
  await page.route("**/events/stream", (route) => route.abort());
  await page.route("**/api/v1/events?*", (route) => route.abort());
  await page.reload();
  await row(page, "acme-refund").getByRole("link").click();
  const sheet = page.getByRole("dialog").first();
  await sees(button(sheet, "Assign to me"), "an item is open");
  is(
    await server("elsewhere", "acme-refund", { assignee: "user:noa" }),
    200,
    "a program changes it meanwhile",
  );
  await button(sheet, "Assign to me").click();
  const dialog = page.getByRole("dialog", { name: "Changed meanwhile" });
  await sees(dialog.getByText("noa", { exact: true }), "what changed is shown");
  await sees(dialog.getByText(/Assignee: mia/), "beside what was asked for");
  await button(dialog, "Change it all the same").click();
  await sees(sheet.getByText("mia", { exact: true }), "which is not lost");
  await page.locator("[popover=manual]").getByRole("button", { name: "Close" }).click();
  is(
    await server("elsewhere", "acme-refund", { assignee: "user:noa" }),
    200,
    "a program changes it once more",
  );
  await button(sheet, "Snooze…").click();
  const snooze = page.getByRole("dialog", { name: "Snooze" });
  await button(snooze, "In a week").click();
  await button(snooze, "Snooze").click();
  await button(dialog, "Change it all the same").click();
  await sees(sheet.getByText(/^Snoozed until/), "what a dialog asked for is not lost, either");
  await misses(snooze, "nor is it asked for again");
  await button(page, "Undo").click();
  await sees(button(sheet, "Snooze…"), "and beside an item it can be taken back");
  await page.context().close();
}

browse(async () => {
  await nothing();
  await launch(await draft());
  await changes(await facts());
  await meanwhile();
});
