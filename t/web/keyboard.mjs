// SPDX-License-Identifier: Apache-2.0
import { arrived } from "./accessible.mjs";
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
  where,
} from "./browser.mjs";

const MOST = 120;
const SCREENS = [
  "/services?team=wallet&tag=go",
  "/services/acme-payment",
  "/services/acme-payment/spec?view=diff",
  "/services/acme-payment/activity",
  "/apis/kazamori/policy?edit=1",
  "/teams",
  "/teams/wallet",
  "/publishes",
  "/publishes/1",
  "/todos",
  "/campaigns",
  "/new-campaign",
  "/services/acme-payment/todos",
  "/jobs",
  "/settings/webhooks",
  "/settings/tokens",
  "/settings/preferences",
];

const active = (page) =>
  page.evaluate(() => {
    const each = document.activeElement;
    return each?.getAttribute("aria-label") ?? each?.textContent ?? "";
  });

/** Presses Tab until a control whose name begins so has the focus. */
async function tabTo(page, name) {
  for (let i = 0; i < MOST; i += 1) {
    await page.keyboard.press("Tab");
    if ((await active(page)).trim().startsWith(name)) {
      return;
    }
  }
  throw new Error(`Tab does not reach “${name}”`);
}

/** Notes in the page what gets the focus, and whether one can see that. */
const follow = (page) =>
  page.evaluate(() => {
    const name = (each) => each.outerHTML.slice(0, 100);
    const ringed = (each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    };
    const inView = (each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      const [at, on] = [x + Math.min(width, innerWidth - x) / 2, y + height / 2];
      const top = document.elementFromPoint(at, on);
      return top !== null && (each.contains(top) || top.contains(each));
    };
    window.reached = new Set();
    window.unseen = [];
    window.look = () => {
      const each = document.activeElement;
      // Tab goes through the parts of a date without leaving the field.
      if (each?.matches("input[type=date]") && each === window.last) {
        return true;
      }
      window.last = each;
      if (!each || each === document.body || window.reached.has(each)) {
        return false;
      }
      window.reached.add(each);
      // The label around a radio button draws its ring, the row that of its link.
      const drawn = each.matches("input[type=radio]") ? each.closest("label") : each;
      if (![each, drawn, each.parentElement, each.closest("[role=row]") ?? each].some(ringed))
        window.unseen.push(`no ring: ${name(each)}`);
      if (!inView(drawn)) window.unseen.push(`hidden: ${name(each)}`);
      return true;
    };
    window.missed = () =>
      [
        ...document.querySelectorAll(
          "a[href], button, input, select, textarea, summary, [tabindex='0']",
        ),
      ]
        .filter((each) => each.tabIndex >= 0 && !each.disabled)
        .filter((each) => each.checkVisibility({ visibilityProperty: true }))
        // One of a group of radio buttons takes the focus, the arrows do the rest.
        .filter((each) => each.type !== "radio" || each.checked)
        .filter((each) => !window.reached.has(each))
        .map(name);
  });

async function everyControl() {
  const page = await open("/services", { as: "admin" });
  for (const path of SCREENS) {
    await page.goto(origin + path);
    await page.locator("main h1").waitFor();
    await arrived(page);
    await follow(page);
    let steps = 0;
    do {
      await page.keyboard.press("Tab");
      steps += 1;
    } while (steps < MOST && (await page.evaluate(() => window.look())));
    ok(steps > 15, `Tab walks through ${path} (${steps - 1} controls)`);
    is(await page.evaluate(() => window.missed()), [], "and leaves none out");
    is(await page.evaluate(() => window.unseen), [], "each is seen to have the focus");
  }
  await page.context().close();
}

async function skipping() {
  const page = await open("/teams", { as: "admin" });
  await page.locator("main h1").waitFor();
  await page.keyboard.press("Tab");
  is(await active(page), "Skip to content", "the first step leads past the frame");
  await page.keyboard.press("Enter");
  is(await page.evaluate(() => document.activeElement.id), "main", "into the content");
  await page.keyboard.press("Tab");
  ok(
    await page.evaluate(() => document.activeElement.closest("main") !== null),
    "from where Tab goes on",
  );
  await page.context().close();
}

/** Opens something by its button, walks in it, and leaves by Escape. */
async function over(page, trigger, opened, name) {
  await tabTo(page, trigger);
  await page.keyboard.press("Enter");
  await sees(opened, `Enter opens ${name}`);
  const inside = new Set();
  for (let i = 0; i < 25; i += 1) {
    await page.keyboard.press("Tab");
    const [within, what] = await opened.evaluate((each) => {
      const at = document.activeElement;
      return [at === document.body || each.contains(at), at.outerHTML.slice(0, 80)];
    });
    inside.add(within ? "" : what);
  }
  const modal = await opened.evaluate((each) => each.matches(":modal"));
  if (modal) {
    is([...inside], [""], "Tab stays in it");
  } else {
    await page.keyboard.press("Escape");
    await opened.waitFor({ state: "hidden" });
    await tabTo(page, trigger);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  await misses(opened, "Escape closes it");
  await becomes(
    async () => (await active(page)).trim().startsWith(trigger),
    true,
    "and the focus is where it was",
  );
}

async function dialogs() {
  const page = await open("/settings/tokens", { as: "admin" });
  const dialog = (name) => page.getByRole("dialog", { name });
  await page.getByRole("table", { name: "Tokens" }).waitFor();
  await over(page, "New token", dialog("New token"), "the form for a token");
  await over(page, "Rotate: payment-repo", dialog("Rotate token"), "the question about rotating");
  await over(page, "Revoke: payment-repo", dialog("Revoke token"), "the question about revoking");
  await over(page, "Search or run a command", dialog("Search and commands"), "the palette");
  await over(
    page,
    "Account: admin",
    page.locator("[popover=auto]:popover-open"),
    "the account menu",
  );

  await page.goto(`${origin}/services?team=wallet`);
  await page.getByRole("table", { name: "Services" }).getByRole("link").first().waitFor();
  await over(page, "As of …", page.locator("[popover=auto]:popover-open"), "the choice of a time");

  await page.setViewportSize({ width: 600, height: 800 });
  const drawer = page.getByRole("dialog", { name: "Menu" });
  await over(page, "Open menu", drawer, "the menu of a narrow window");
  await page.context().close();
}

/** From signing in to a decision, with keys alone. */
async function task() {
  const page = await open("/publishes", { expected: [/^401 GET/] });
  await becomes(() => where(page), /^\/sign-in/, "somebody signs in");
  await page.locator("form").waitFor();
  await page.keyboard.type("admin");
  await page.keyboard.press("Tab");
  await page.keyboard.type(passwords.admin);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /“acme-mono”/ }).waitFor();
  is(await server("live"), 9, "deletions wait for approval");
  await tabTo(page, "Approve deletions");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Approve the deletions?" });
  await sees(dialog, "the question comes");
  is(await active(page), "Cancel", "with the harmless answer first");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await misses(dialog, "and is answered");
  await becomes(() => server("live"), 1, "so they are carried out");

  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await becomes(() => where(page), "/services", "then one goes to the list");
  await page.getByRole("table", { name: "Services" }).getByRole("link").first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("Tab");
  is(
    await active(page),
    await page.getByRole("combobox", { name: "Team" }).getAttribute("aria-label"),
    "the choices follow the filter",
  );
  await page.keyboard.type("wallet");
  await becomes(() => where(page), "/services?team=wallet", "and take letters");
  await page.keyboard.press("j");
  ok(!(await active(page)).startsWith("acme"), "though not as commands");
  await page.context().close();
}

browse(async () => {
  await skipping();
  await everyControl();
  await dialogs();
  await task();
});
