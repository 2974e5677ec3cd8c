// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const SECRET = /whsec_[0-9A-Za-z+/]{43}=/;
const SCREEN = "/settings/webhooks";
const dialog = (page, name) => page.getByRole("dialog", { name, exact: true });
const editor = (page) => dialog(page, "Edit the webhook");
const field = (page, name) => editor(page).getByRole("textbox", { name });
const save = (page) => editor(page).getByRole("button", { name: "Save" });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("name"));

async function make() {
  const page = await open(SCREEN, {
    as: "admin",
    expected: [/^422 PATCH /, /^412 PATCH /, /^409 PATCH /],
  });
  await sees(page.getByRole("heading", { name: "No webhooks yet" }), "at first there is none");
  await page.getByRole("button", { name: "New webhook" }).click();
  const draft = dialog(page, "New webhook");
  await draft.getByLabel("Name").fill("todo system");
  await draft.getByRole("button", { name: "Create" }).click();
  await becomes(() => focused(page), "url", "what is missing has the keyboard");
  await draft.getByLabel("URL").fill("https://127.0.0.1:8443/in");
  await draft.getByRole("button", { name: "Create" }).click();
  const ready = dialog(page, "The webhook is ready");
  const secret = (await ready.getByRole("figure", { name: "Secret" }).textContent()).match(SECRET);
  ok(secret, "the secret is shown");
  await ready.getByRole("button", { name: "I have stored it" }).click();
  await misses(ready, "once");
  ok(!(await page.content()).includes(secret?.[0]), "and is nowhere afterwards");
  await page.getByRole("link", { name: "todo system" }).click();
  return page;
}

async function edit(page) {
  await page.getByRole("button", { name: "Edit" }).click();
  const { id } = await server("webhook");
  await becomes(() => where(page), `${SCREEN}?webhook=${id}&edit=1`, "the form has an address");
  is(await field(page, "URL").inputValue(), "https://127.0.0.1:8443/in", "it shows what is there");
  await field(page, "URL").fill("https://10.0.0.1/");
  await save(page).click();
  await becomes(() => focused(page), "url", "what the server refuses is said at its field");
  is(await field(page, "URL").getAttribute("aria-invalid"), "true", "which says so");
  await field(page, "URL").fill("https://127.0.0.1:8443/v2");
  await becomes(
    () => field(page, "URL").getAttribute("aria-invalid"),
    null,
    "until it is corrected",
  );
  await field(page, "Teams").fill("wallet");
  await page.evaluate(() => history.back());
  await page.getByRole("button", { name: "Keep editing" }).click();
  is(await field(page, "Teams").inputValue(), "wallet", "the way back asks before it is lost");
  await save(page).click();
  await misses(editor(page), "it is saved");
  await becomes(() => where(page), `${SCREEN}?webhook=${id}`, "and shown");
  const { url, teams, types, version } = await server("webhook");
  is(
    { url, teams, types, version },
    { url: "https://127.0.0.1:8443/v2", teams: ["wallet"], types: ["todo.*"], version: 2 },
    "as it was typed",
  );
}

async function conflict(page) {
  await page.getByRole("button", { name: "Edit" }).click();
  await field(page, "Teams").fill("checkout");
  is(await server("change", { types: ["campaign.*"] }), 200, "somebody else is faster");
  await save(page).click();
  const theirs = editor(page).getByRole("region", { name: "Changed meanwhile" });
  await sees(theirs.getByText("campaign.*"), "what they wrote is shown");
  is(await field(page, "Teams").inputValue(), "checkout", "what was typed is kept");
  ok(await save(page).isDisabled(), "nothing is overwritten unseen");
  await editor(page).getByRole("button", { name: "Keep mine" }).click();
  await save(page).click();
  await misses(editor(page), "then it is saved");
  const { teams, types } = await server("webhook");
  is(
    { teams, types },
    { teams: ["checkout"], types: ["campaign.*"] },
    "theirs where nothing was typed",
  );

  await page.getByRole("button", { name: "Edit" }).click();
  await field(page, "Name").fill("mine");
  is(await server("change", { name: "theirs" }), 200, "once more");
  await save(page).click();
  await editor(page).getByRole("button", { name: "Use theirs" }).click();
  is(await field(page, "Name").inputValue(), "theirs", "theirs can be taken instead");
  await editor(page).getByRole("button", { name: "Cancel" }).click();
  await sees(page.getByRole("heading", { name: "theirs" }), "which is what is there");

  is(await server("make", "used"), 201, "somebody else makes one");
  await page.getByRole("button", { name: "Edit" }).click();
  await field(page, "Name").fill("used");
  await save(page).click();
  await becomes(() => focused(page), "name", "a name that is taken is said at its field");
  await sees(editor(page).getByText("Another webhook has this name."), "in words");
  await field(page, "Name").fill("theirs");
  await editor(page).getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Edit" }).click();
  await field(page, "Name").fill("mine");
  is(await server("change", { state: "paused" }), 200, "a change of the state alone");
  const refused = page.waitForResponse((answer) => answer.status() === 412);
  await save(page).click();
  await refused;
  // It can be pressed again when the page has read what there is now.
  await save(page).click();
  await misses(editor(page), "is no conflict with what is edited");
  const { name, state } = await server("webhook");
  is({ name, state }, { name: "mine", state: "paused" }, "and stays");
}

async function renew(page) {
  await page.getByRole("button", { name: "New secret" }).click();
  await dialog(page, "New secret").getByRole("button", { name: "New secret" }).click();
  const renewed = dialog(page, "The webhook has a new secret");
  const shown = await renewed.getByRole("figure", { name: "Secret" }).textContent();
  ok(SECRET.test(shown), "a new secret is shown as one, not as a new webhook");
  await renewed.getByRole("button", { name: "I have stored it" }).click();
  await misses(renewed, "once, too");
}

browse(async () => {
  const page = await make();
  await renew(page);
  await edit(page);
  await conflict(page);
});
