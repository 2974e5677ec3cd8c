// SPDX-License-Identifier: Apache-2.0
// Chromium for the tests beside this file: pages of people who are signed in,
// what goes wrong in them, and the way to the half of the test that NAME.t is.
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { done, is, ok, PATIENCE_MS } from "./tap.mjs";

export * from "./tap.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
export const axeSource = require.resolve("axe-core/axe.min.js");

export const { origin, passwords, pictures } = JSON.parse(process.env.MDASH_WEB);

// Nothing but the server under test: no name is looked up, no address asked.
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const channel = new Socket({ fd: 3 });
const answers = createInterface({ input: channel })[Symbol.asyncIterator]();

/** Has NAME.t do something; calls are answered in their order. */
export async function server(deed, ...given) {
  channel.write(`${JSON.stringify([deed, ...given])}\n`);
  const { value } = await answers.next();
  const { error, result } = JSON.parse(value);
  if (error) {
    throw new Error(`${deed}: ${error}`);
  }
  return result;
}

let browser;
const pages = [];

/** Collects what a page must not do; answers over 399 unless they are expected. */
function watch(page, expected) {
  const troubles = [];
  const trouble = (text) => troubles.includes(text) || troubles.push(text);
  page.on("pageerror", (error) => trouble(`error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // Chromium logs each bad answer; those are looked at below.
    if (["error", "warning"].includes(message.type()) && !/^Failed to load resource/.test(text)) {
      trouble(`console: ${text}`);
    }
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:", "about:"].includes(url.protocol)) {
      trouble(`asks another origin: ${url}`);
    }
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const text = `${response.status()} ${response.request().method()} ${pathname}`;
    if (response.status() >= 400 && !expected.some((each) => each.test(text))) {
      trouble(text);
    }
  });
  pages.push({ page, troubles });
}

const sessions = new Map();

/** Cookies of somebody who has signed in; once for each account. */
async function sessionOf(name) {
  if (!sessions.has(name)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${origin}/sign-in`);
    await signIn(page, name);
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    sessions.set(name, await context.cookies());
    await context.close();
  }
  return sessions.get(name);
}

/** Fills in the sign-in form. */
export async function signIn(page, name, password = passwords[name]) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

/**
 * A new window of somebody (as: an account, or nobody) at a path. `stored` is
 * what was chosen on this device before; `expected` are refusals, as "404 GET
 * /path", that belong to the test.
 */
export async function open(path, { as, stored, expected = [], ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    timezoneId: "Asia/Tokyo",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (as) {
    await context.addCookies(await sessionOf(as));
  }
  if (stored) {
    const text = JSON.stringify(stored);
    await context.addInitScript((prefs) => {
      if (!localStorage.getItem("mdash.prefs")) {
        localStorage.setItem("mdash.prefs", prefs);
      }
    }, text);
  }
  const page = await context.newPage();
  watch(page, expected);
  await page.goto(origin + path);
  return page;
}

/** Path and query of what is shown. */
export const where = (page) => page.url().slice(origin.length);

/** Runs a test, and then looks at what its pages did besides. */
export async function browse(test) {
  let status = 1;
  try {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
    await test();
    const troubles = pages.flatMap((each) => each.troubles);
    is(troubles, [], "no page complained on its console or asked for what it should not");
  } catch (error) {
    ok(false, "the script runs to its end", error.stack);
  }
  status = done();
  if (status) {
    const open = pages.filter(({ page }) => !page.isClosed());
    await Promise.all(
      open.map(({ page }, i) =>
        page.screenshot({ path: `${pictures}/end-${i}.png` }).catch(() => undefined),
      ),
    );
  }
  await browser?.close();
  process.exit(status);
}
