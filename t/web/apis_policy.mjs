// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, open, sees, server, where } from "./browser.mjs";

const DIFF = "/apis/acme/diff?from=1&to=2";
const POLICY = "/apis/acme/policy";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialog = (page) => page.getByRole("dialog");

const focused = (page) =>
  page.evaluate(() => document.activeElement?.closest("article, tr, [tabindex]")?.textContent);

/** What the live region of the page says, and whether a modal keeps it from being heard. */
const heard = (page) => page.evaluate(() => globalThis.heard);

async function listen(page) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const region = [...document.querySelectorAll('[role="status"][popover]')].find(
      (each) => !each.closest("dialog"),
    );
    new MutationObserver((records) => {
      const modal = document.querySelector("dialog[open]") ? " (not heard)" : "";
      for (const { addedNodes } of records) {
        globalThis.heard.push(...Array.from(addedNodes, (each) => each.textContent + modal));
      }
    }).observe(region, { childList: true });
  });
}

async function waive(page) {
  await sees(page.getByText("1 breaking").first(), "a change breaks something");
  await button(page, "Waive").first().click();
  await button(dialog(page), "Waive").click();
  await sees(dialog(page).getByText("This is needed."), "a waiver needs a reason");
  await dialog(page).getByLabel("Why").fill("nobody reads the note");
  await listen(page);
  await button(dialog(page), "Waive").click();
  await misses(dialog(page), "an admin lets it pass");
  await sees(page.getByText("Nothing breaking"), "and nothing breaks any more");
  await sees(page.getByText("nobody reads the note"), "the reason stands beside it");
  await becomes(() => focused(page), /^Waived until .*FIELD_NO_DELETE/, "where the keyboard is");
  await becomes(() => heard(page), ["Waived: acme.v1.Order.note"], "and what came of it is heard");
}

async function end(page) {
  await page.getByRole("link", { name: "Policy", exact: true }).click();
  await button(page, /^End/).click();
  await button(dialog(page), "End the waiver").click();
  await sees(page.getByText("No waiver is in force.", { exact: false }), "a waiver is ended");
  await becomes(() => focused(page), /^No waiver is in force/, "the keyboard stays at the list");
  await becomes(
    () => heard(page),
    ["Waived: acme.v1.Order.note", "The waiver has ended"],
    "which is heard, too",
  );
  await page.getByText("Past", { exact: true }).click();
  await sees(page.getByText("nobody reads the note"), "and stays on record");
}

async function edit(page) {
  await button(page, "Edit").click();
  await page.getByRole("checkbox", { name: "FILE", exact: true }).uncheck();
  await page.getByRole("checkbox", { name: "WIRE", exact: true }).check();
  await page.getByLabel("Package prefix").fill("not a package");
  await button(page, "Save the policy").click();
  await sees(page.getByText("must be the name of a package", { exact: false }), "a fault is told");
  await page.getByLabel("Package prefix").fill("acme");
  await button(page, "Save the policy").click();
  await sees(page.getByText("Version 1"), "what is right is saved");
  await sees(page.getByText("acme and what is below"), "and shown");
}

/** What was typed is not lost by going elsewhere, unless that is wanted. */
async function leaving(page) {
  const revisions = page.getByRole("link", { name: /^Revisions/ });
  const policy = page.getByRole("link", { name: "Policy", exact: true });
  const asked = page.getByRole("dialog", { name: "There is something unsaved" });
  await button(page, "Edit").click();
  await revisions.click();
  await becomes(() => where(page), "/apis/acme/revisions", "who typed nothing is not asked");
  await policy.click();
  await button(page, "Edit").click();
  await page.getByLabel("Package prefix").fill("acme.v9");
  await revisions.click();
  await sees(asked, "another tab of the screen asks about what was typed");
  await button(page, "Keep editing").click();
  await misses(asked, "which can go on");
  is(await page.getByLabel("Package prefix").inputValue(), "acme.v9", "where it was");
  await policy.click();
  await sees(asked, "the same tab would end it, too");
  await page.keyboard.press("Escape");
  await misses(asked, "Escape is no yes");
  await page.getByText("Past", { exact: true }).click();
  await becomes(() => where(page), `${POLICY}?edit=1&waivers=past`, "beside it nothing is asked");
  await page.evaluate(() => history.back());
  await becomes(() => where(page), `${POLICY}?edit=1`, "nor on the way back from there");
  await page.evaluate(() => history.back());
  await sees(asked, "the browser's way back is asked about");
  await button(page, "Keep editing").click();
  is(where(page), `${POLICY}?edit=1`, "and leads nowhere");
  const told = new Promise((resolve) => {
    page.once("dialog", async (native) => {
      await native.dismiss();
      resolve(native.type());
    });
  });
  await page.evaluate(() => setTimeout(() => location.reload()));
  is(await told, "beforeunload", "loading anew asks by the browser's own words");
  await revisions.click();
  await button(page, "Leave without saving").click();
  await becomes(() => where(page), "/apis/acme/revisions", "it is given up when that is wanted");
  await policy.click();
  await sees(page.getByText("acme and what is below"), "and nothing of it was saved");
  await button(page, "Edit").click();
  await page.getByLabel("Package prefix").fill("acme.v9");
  await button(page, "Cancel").click();
  await sees(button(page, "Edit"), "who cancels is not asked");
}

async function conflict(page) {
  await button(page, "Edit").click();
  await page.getByLabel("Package prefix").fill("acme.v1");
  is(await server("faster", 1, "PACKAGE"), 200, "somebody else is faster");
  await button(page, "Save the policy").click();
  await sees(
    page.getByText("Somebody else has changed the policy", { exact: false }),
    "it is told",
  );
  await button(page, "Keep mine, replace theirs").click();
  await button(page, "Save the policy").click();
  await sees(page.getByText("Version 3"), "what was typed is not lost");
  await sees(page.getByText("acme.v1 and what is below"), "and saved when that is wanted");
}

async function reader(page) {
  await sees(page.getByText("acme.v1 and what is below"), "others read the policy");
  await sees(page.getByText("Administrators can change the policy."), "and who changes it");
  await misses(button(page, "Edit"), "but do not edit it");
  await page.getByRole("link", { name: "Changes", exact: true }).click();
  await sees(page.getByText("FIELD_NO_DELETE").first(), "nor do they");
  await misses(button(page, "Waive"), "waive a change");
}

browse(async () => {
  const refused = [/^4(09|22) PUT \/api\/v1\/apis\/acme\/policy$/];
  const page = await open(DIFF, { as: "admin", expected: refused });
  await waive(page);
  await end(page);
  await edit(page);
  await leaving(page);
  await conflict(page);
  await reader(await open(POLICY, { as: "anna" }));
});
