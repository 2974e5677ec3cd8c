// SPDX-License-Identifier: Apache-2.0
import { browse, is, misses, open, sees, server } from "./browser.mjs";

const DIFF = "/apis/acme/diff?from=1&to=2";
const POLICY = "/apis/acme/policy";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialog = (page) => page.getByRole("dialog");

async function waive(page) {
  await sees(page.getByText("1 breaking").first(), "a change breaks something");
  await button(page, "Waive").first().click();
  await button(dialog(page), "Waive").click();
  await sees(dialog(page).getByText("This is needed."), "a waiver needs a reason");
  await dialog(page).getByLabel("Why").fill("nobody reads the note");
  await button(dialog(page), "Waive").click();
  await misses(dialog(page), "an admin lets it pass");
  await sees(page.getByText("Nothing breaking"), "and nothing breaks any more");
  await sees(page.getByText("nobody reads the note"), "the reason stands beside it");
}

async function end(page) {
  await page.getByRole("link", { name: "Policy", exact: true }).click();
  await button(page, /^End/).click();
  await button(dialog(page), "End the waiver").click();
  await sees(page.getByText("No waiver is in force.", { exact: false }), "a waiver is ended");
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
  await conflict(page);
  await reader(await open(POLICY, { as: "anna" }));
});
