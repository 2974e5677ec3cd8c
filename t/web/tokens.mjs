// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const SECRET = /mdc_[0-9A-Za-z]{36}/;
const draft = (page) => page.getByRole("dialog", { name: "New token" });
const ready = (page) => page.getByRole("dialog", { name: "The token is ready" });
const row = (page, name, state) =>
  page
    .getByRole("table", { name: "Tokens" })
    .getByRole("row")
    .filter({ hasText: name })
    .filter({ hasText: state ?? "" });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("name"));

/** Reads the secret in the dialog that shows it, and closes that. */
async function secretOf(page) {
  const text = await ready(page).getByRole("figure", { name: "Secret" }).textContent();
  await ready(page).getByRole("button", { name: "I have stored it" }).click();
  return text.match(SECRET)?.[0];
}

async function faults() {
  const page = await open("/settings/tokens", {
    as: "anna",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await sees(page.getByRole("heading", { name: "No tokens yet" }), "at first there is no token");
  await page.getByRole("button", { name: "New token" }).click();
  await becomes(() => where(page), "/settings/tokens?make=1", "the form has an address");
  await draft(page)
    .getByRole("checkbox", { name: /^Publish/ })
    .uncheck();
  await draft(page).getByRole("button", { name: "Create" }).click();
  const summary = draft(page).getByRole("alert");
  await sees(summary.getByText("2 fields to correct"), "what is missing is summed up");
  ok(
    await summary.evaluate((each) => each === document.activeElement),
    "where the keyboard is then",
  );
  is(
    await draft(page).getByLabel("Name").getAttribute("aria-invalid"),
    "true",
    "a field that is wrong says so",
  );
  await sees(draft(page).getByText("Enter a name.").last(), "beside it");
  await summary.getByRole("button", { name: "Name: Enter a name." }).click();
  is(await focused(page), "name", "each fault leads to its field");
  await page.keyboard.type("payment-repo main");
  await becomes(() => summary.getByRole("listitem").count(), 1, "what is corrected is no fault");
  await page.evaluate(() => history.back());
  await page.getByRole("button", { name: "Keep editing" }).click();
  is(
    await draft(page).getByLabel("Name").inputValue(),
    "payment-repo main",
    "the way back asks before what was typed is lost",
  );
  await draft(page)
    .getByRole("checkbox", { name: /^Publish/ })
    .check();
  await draft(page).getByLabel("Services").fill("acme-*\nNot good");
  await draft(page).getByRole("button", { name: "Create" }).click();
  await sees(
    draft(page)
      .getByText(/^“Not”: only a-z/)
      .last(),
    "names of services are checked",
  );
  await draft(page).getByLabel("Services").fill("acme-pay*");
  return page;
}

async function make(page) {
  await draft(page).getByRole("button", { name: "Create" }).click();
  await sees(ready(page), "a token is made");
  await becomes(() => where(page), "/settings/tokens", "its secret is in no address");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await sees(ready(page), "Escape does not lose it");
  await ready(page).getByRole("button", { name: "Copy" }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const secret = await secretOf(page);
  ok(SECRET.test(secret ?? ""), "it is of the published form");
  is(copied, secret, "it can be copied");
  await misses(ready(page), "once closed");
  is(await page.getByText(secret).count(), 0, "it is not shown again");
  await page.reload();
  await sees(row(page, "payment-repo main"), "the list has the token");
  ok(!(await page.content()).includes(secret), "without the secret");
  is(await server("secrets", secret), 0, "which the database does not have either");
  await sees(row(page, "payment-repo main", "Active").getByText("Never"), "it was not used yet");

  is(await server("publish", secret, "acme-payment"), 200, "it publishes what it may");
  is(await server("publish", secret, "other-payment"), 403, "and nothing else");
  await becomes(
    async () => {
      await page.reload();
      return row(page, "payment-repo main").textContent();
    },
    /from 127\.0\.0\.1/,
    "the list says from where it was used",
  );
  return secret;
}

async function rotate(page, secret) {
  await page.getByRole("button", { name: "Rotate: payment-repo main" }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate token" });
  await sees(dialog.getByText(/works for 24 more hours/), "rotating says what it does");
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await sees(ready(page), "it makes a successor");
  const next = await secretOf(page);
  ok(next && next !== secret, "with another secret");
  is(
    [
      await server("publish", secret, "acme-payment"),
      await server("publish", next, "acme-payment"),
    ],
    [200, 200],
    "for a while both work",
  );
  await sees(page.getByText("Has a successor"), "the list says which is the old one");
  await sees(
    row(page, "payment-repo main", "Has a successor").getByText("Expires soon").last(),
    "that it ends",
  );
  is(
    await page.getByRole("button", { name: "Rotate: payment-repo main" }).count(),
    1,
    "and only the new one can be rotated again",
  );
  return next;
}

async function revoke(page, secret) {
  const button = row(page, "payment-repo main", "Active").getByRole("button", { name: /^Revoke/ });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Revoke token" });
  const submit = dialog.getByRole("button", { name: "Revoke" });
  await sees(dialog.getByText("This cannot be undone."), "revoking warns");
  ok(await submit.isDisabled(), "and takes more than a click");
  await dialog.getByRole("textbox").fill("payment-repo");
  ok(await submit.isDisabled(), "a part of the name is not enough");
  await page.keyboard.press("Escape");
  await misses(dialog, "Escape takes it back");
  is(await server("publish", secret, "acme-payment"), 200, "and nothing happened");
  await button.click();
  await dialog.getByRole("textbox").fill("payment-repo main");
  await page.keyboard.press("Enter");
  await sees(page.getByText("Revoked “payment-repo main”"), "with the whole name it is revoked");
  await sees(row(page, "payment-repo main", "Revoked"), "and listed as such");
  // Handlers may remember a token for five seconds.
  await becomes(() => server("publish", secret, "acme-payment"), 401, "it opens no door any more");
  await page.context().close();
}

async function rights() {
  const page = await open("/settings/tokens?make=1", { as: "bert" });
  await sees(draft(page), "somebody of no team may open the form");
  const create = draft(page).getByRole("button", { name: "Create" });
  ok(await create.isEnabled(), "and make a token for reading");
  await draft(page).getByText("CI", { exact: true }).click();
  await sees(
    draft(page).getByText(/^You may not do this\. Who can: Members of any team/),
    "but is told who may make one for publishing",
  );
  ok(await create.isDisabled(), "before trying");
  await page.context().close();

  const anna = await open("/settings/tokens?make=1", { as: "anna" });
  await becomes(
    async () => (await draft(anna).getByLabel("Team").locator("option").allInnerTexts()).slice(1),
    ["payments"],
    "a member makes tokens for the own teams",
  );
  await anna.context().close();
  const admin = await open("/settings/tokens", { as: "admin" });
  await sees(row(admin, "payment-repo main").first(), "an admin sees everybody's tokens");
  await sees(row(admin, "by anna").first(), "and whose they are");
  await admin.context().close();
}

browse(async () => {
  const page = await faults();
  const secret = await make(page);
  const next = await rotate(page, secret);
  await revoke(page, next);
  await rights();
});
