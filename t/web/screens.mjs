// SPDX-License-Identifier: Apache-2.0
// Every screen of the page, and what opens over it, for checks of all of them.
import { arrived, COLOURS, prefer, settled, violations } from "./accessible.mjs";
import { is, ok, open, origin, server } from "./browser.mjs";

const APIS = "/apis/kazamori";
const PAYMENT = "/services/acme-payment";
// Path, and what is pressed or clicked there: a key, or a selector.
const SCREENS = [
  ["/services?team=wallet&tag=go"],
  ["/services?team=wallet&q=%E6%B1%BA%E6%B8%88&tag=go"],
  ["/services?q=no-such-thing"],
  [PAYMENT],
  [`${PAYMENT}/spec`],
  [`${PAYMENT}/spec?view=source`],
  [`${PAYMENT}/spec?view=diff`],
  [`${PAYMENT}/activity`],
  [`${PAYMENT}/grpc`],
  ["/apis"],
  ["/apis/no-such-protos"],
  [APIS],
  [`${APIS}/kazamori.pay.payment.v1`],
  [`${APIS}/northquay.fx.v1.RateService`],
  [`${APIS}/northquay.fx.v1.RateService.Chart`],
  [`${APIS}/kazamori.market.category.v1.Category`],
  [`${APIS}/kazamori.logi.shipment.v1.Status`],
  [`${APIS}/files?path=northquay%2Ffx%2Fv1%2Frate.proto`],
  [`${APIS}/revisions`],
  [`${APIS}/diff`],
  [`${APIS}/diff`, "article [type=button]"],
  [`${APIS}/policy`],
  [`${APIS}/policy?edit=1`],
  ["/services/nq-treasury/grpc"],
  ["/services/acme-paymnt"],
  ["/teams"],
  ["/teams/wallet"],
  ["/teams/walet"],
  ["/dependencies"],
  ["/dependencies?team=payments-core"],
  ["/dependencies?center=acme-payment&hops=2"],
  ["/dependencies?center=acme-paymnt"],
  ["/publishes"],
  ["/publishes/1"],
  ["/todos"],
  ["/todos?item=1"],
  ["/todos/1"],
  ["/campaigns"],
  ["/campaigns/running"],
  ["/campaigns/running", "main header [class*=danger]"],
  ["/campaigns/running?state=todo", "main a[aria-haspopup=dialog]"],
  ["/campaigns/running?table=1&view=matrix"],
  ["/campaigns/running/edit"],
  ["/campaigns/stopped"],
  ["/campaigns/ended"],
  ["/campaigns/held"],
  ["/campaigns/draft", "main header button[type=button]"],
  ["/campaigns/no-such-campaign"],
  ["/new-campaign"],
  ["/services/acme-payment/todos"],
  ["/jobs"],
  ["/publishes", "[class*=danger]"],
  ["/settings/tokens"],
  ["/settings/tokens?make=1"],
  ["/settings/webhooks"],
  ["/settings/webhooks?make=1"],
  ["/settings/webhooks?webhook=1"],
  ["/settings/webhooks?webhook=2"],
  ["/settings/webhooks?webhook=1&edit=1"],
  ["/settings/webhooks?webhook=1", "[data-ask=replay]"],
  ["/settings/preferences"],
  ["/services?team=wallet&tag=go", "Control+k"],
  ["/services?team=wallet&tag=go", "?"],
  ["/services?team=wallet&tag=go", "header [popovertarget]"],
  ["/nowhere"],
];

/** What opens over a screen; the screen itself is looked at without it. */
const OPENED = "dialog[open], [popover=auto]:popover-open";

/** Opens a screen, does what is to be done there, and waits until it is still. */
async function show(page, [path, then]) {
  await page.goto(origin + path);
  await page.locator("main :is(h1, h2)").first().waitFor();
  await arrived(page);
  if (then) {
    await (/[[#]/.test(then) ? page.locator(then).first().click() : page.keyboard.press(then));
    await page.locator(OPENED).first().waitFor();
    await settled(page);
  }
}

const EXPECTED = [
  /^404 GET \/api\/v1\/((services|teams|apis|campaigns)\/\w|dependencies$)/,
  /^401 GET/,
];

/** Every rule in the light theme; those about colours in the dark one, too. */
async function check(page, name, within) {
  await prefer(page, { theme: "light" });
  is(await violations(page, undefined, within), [], `${name}, light`);
  await prefer(page, { theme: "dark" });
  is(await violations(page, COLOURS, within), [], `${name}, dark`);
}

/** A mistake that is planted must be found, or nothing above says anything. */
async function planted(page) {
  const plant = () => {
    const field = document.createElement("input");
    const grey = document.createElement("p");
    grey.textContent = "hardly to be read";
    grey.style.color = "#333a42";
    document.querySelector("main h1").before(field, grey);
  };
  await page.evaluate(plant);
  const found = await violations(page);
  const rules = found.map((text) => text.split(":")[0]).sort();
  is([...new Set(rules)], ["color-contrast", "label"], "what is planted is found");
}

export async function everyScreen(language) {
  const prefs = { theme: "light", language };
  const page = await open("/services", {
    as: "admin",
    stored: prefs,
    expected: EXPECTED,
  });
  const past = [`${PAYMENT}?at=${encodeURIComponent(await server("now"))}`];
  for (const screen of [...SCREENS, past]) {
    await show(page, screen);
    await check(page, screen.join(" then "), screen.length > 1 ? OPENED : undefined);
  }
  is(await page.evaluate(() => document.documentElement.lang), language, `all in ${language}`);
  ok(await page.getByText(/\d{4}/).first().isVisible(), "the last of them shows the past");
  await planted(page);
  await page.context().close();
  const out = await open("/sign-in?out=1", { stored: prefs });
  await settled(out);
  await check(out, "/sign-in");
}
