// SPDX-License-Identifier: Apache-2.0
import {
  becomes,
  browse,
  is,
  misses,
  ok,
  open,
  origin,
  passwords,
  sees,
  server,
  signIn,
  where,
} from "./browser.mjs";

const row = (page, id) => page.getByRole("link", { name: id, exact: true });
const password = (page) => page.getByLabel("Password", { exact: true });
const dialog = (page) => page.getByRole("dialog", { name: "Please sign in again" });
const UNKNOWN = /^401 GET \/(api\/v1\/|events\/stream)/;

async function signingIn() {
  const page = await open("/services?q=pay&sort=team", {
    expected: [UNKNOWN, /^401 POST \/auth\/login/],
  });
  await becomes(
    () => where(page),
    `/sign-in?returnTo=${encodeURIComponent("/services?q=pay&sort=team")}`,
    "nobody is sent to the sign-in screen, which remembers the way back",
  );
  await becomes(
    () => page.evaluate(() => document.activeElement?.getAttribute("name")),
    "username",
    "the keyboard starts in the first field",
  );
  await signIn(page, "anna", "not it");
  await sees(
    page.getByRole("alert").getByText("User name or password is wrong."),
    "a wrong password is said to be one",
  );
  await becomes(
    () => page.evaluate(() => document.activeElement?.getAttribute("name")),
    "password",
    "and the password has the keyboard again",
  );
  is(await server("sessions", "anna"), 0, "nobody is signed in by it");

  await page.getByRole("button", { name: "Show password" }).click();
  is(await password(page).getAttribute("type"), "text", "the password can be shown");
  await signIn(page, "anna");
  await sees(row(page, "acme-payment"), "the right one opens the catalogue");
  is(where(page), "/services?q=pay&sort=team", "at the page that was asked for");
  is(await server("sessions", "anna"), 1, "in a session that the server keeps");

  const [cookie] = await page.context().cookies();
  is(
    [cookie.name, cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.path, cookie.domain],
    ["__Host-md_sid", true, true, "Lax", "/", "127.0.0.1"],
    "Chromium takes the __Host- cookie over plain HTTP from the loopback address",
  );
  is(await page.evaluate(() => document.cookie), "", "scripts do not see it");
  return page;
}

async function signingOut(page) {
  await page.getByRole("button", { name: "Account: anna" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await sees(page.getByText("You are signed out"), "signing out is confirmed");
  is(where(page), "/sign-in?out=1", "on the sign-in screen");
  is(await server("sessions", "anna"), 0, "the session is over on the server");
  is(await page.context().cookies(), [], "and its cookie is gone");
  await page.goBack();
  await becomes(() => where(page), /^\/sign-in\?returnTo=/, "the way back leads to signing in");
  is(await row(page, "acme-payment").count(), 0, "and shows nothing of the catalogue");
  await page.close();
}

async function otherOrigins() {
  const hostile = "https://evil.example/x";
  for (const path of [hostile, "//evil.example", "/\\evil.example"]) {
    const page = await open(`/sign-in?returnTo=${encodeURIComponent(path)}`);
    await signIn(page, "bert");
    await sees(row(page, "acme-order"), `signing in leads to the start instead of ${path}`);
    is(where(page), "/services", "of this origin");
    await page.context().close();
  }
}

async function firstPassword() {
  const page = await open("/services", {
    as: "carol",
    expected: [/^403 GET \/(api\/v1\/|events\/stream)/, /^422 PUT \/api\/v1\/session\/password/],
  });
  await sees(
    page.getByText("You still use the first password."),
    "who has a password from somebody else is asked to change it",
  );
  is(await row(page, "acme-order").count(), 0, "before anything is shown");
  const fill = async (current, fresh, again) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password", { exact: true }).fill(fresh);
    await page.getByLabel("New password again").fill(again);
    await page.keyboard.press("Enter");
  };
  await fill(passwords.carol, "short", "short");
  await sees(page.getByText("Use at least 12 characters."), "a short one is refused");
  await fill(passwords.carol, "long enough for me", "long enough for you");
  await sees(page.getByText("The two new passwords differ."), "so are two different ones");
  await fill("not the first one", "long enough for me", "long enough for me");
  await sees(page.getByText("The current password is wrong."), "and a wrong present one");
  await fill(passwords.carol, "long enough for me", "long enough for me");
  await sees(row(page, "acme-order"), "a good one opens the catalogue");
  await sees(page.getByText("Password changed"), "and is confirmed");
}

async function sessionEnds() {
  const page = await open("/services?q=acme", {
    as: "bert",
    expected: [UNKNOWN, /^401 POST \/auth\/login/],
  });
  await sees(row(page, "acme-wallet"), "a page is open");
  await page.evaluate(() => {
    window.sameDocument = true;
  });
  await server("end_sessions", "bert");
  await becomes(
    () => page.evaluate(async () => (await fetch("/api/v1/services?limit=1")).status),
    401,
    "its session ends, which the gate may forget for five seconds",
  );
  is(await dialog(page).count(), 0, "and it has not heard of that");
  await page.getByRole("columnheader", { name: "Team" }).getByRole("button").click();
  await sees(dialog(page), "when it is to show another order it asks to sign in again");
  await becomes(() => where(page), "/services?q=acme&sort=team", "the order is in the address");
  const at = where(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await sees(dialog(page), "Escape does not get around it");
  // Beneath the dialog nothing has a role.
  await sees(page.getByText("acme-wallet", { exact: true }), "nor do the rows beneath it go");
  is(await page.getByText("This could not be loaded").count(), 0, "for an error");
  is(
    await dialog(page).getByLabel("User name").inputValue(),
    "bert",
    "the name is filled in already",
  );
  await password(page).fill("not it");
  await page.keyboard.press("Enter");
  await sees(dialog(page).getByRole("alert").getByText("wrong"), "a wrong password is told");
  await password(page).fill(passwords.bert);
  await page.keyboard.press("Enter");
  await misses(dialog(page), "the right one closes the dialog");
  is(where(page), at, "the address is what it was");
  ok(await page.evaluate(() => window.sameDocument), "without a reload");
  await page.getByLabel("Filter services").fill("wallet");
  await misses(row(page, "acme-order"), "and the page goes on working");
  await sees(row(page, "acme-wallet"), "with answers from the server");
  await sees(page.getByText("Live", { exact: true }), "and live updates");
}

async function tooManyTries() {
  const page = await open("/sign-in", { expected: [/^(401|429) POST \/auth\/login/] });
  const alert = page.getByRole("alert");
  for (let tries = 0; tries < 6; tries += 1) {
    const answered = page.waitForResponse(`${origin}/auth/login`);
    await signIn(page, "anna", `guess ${tries}`);
    await answered;
  }
  await sees(alert.getByText(/^Too many tries\. Try again in \d+ seconds?\.$/), "guessing ends");
}

browse(async () => {
  const page = await signingIn();
  await signingOut(page);
  await otherOrigins();
  await firstPassword();
  await sessionEnds();
  await tooManyTries();
});
