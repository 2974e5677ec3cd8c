// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, note, ok, open, sees, server } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const rows = (page) => page.getByRole("table", { name: "Services" }).locator("[data-index]");
const shown = (page) =>
  rows(page).evaluateAll((all) =>
    all
      .sort((a, b) => a.dataset.index - b.dataset.index)
      .map((row) => row.querySelector("a").textContent),
  );
const live = (page) => page.getByText("Live", { exact: true });

/** Opens a page and waits until it listens. */
async function follow(path, more = {}) {
  const page = await open(path, { as: "anna", ...more });
  await sees(live(page), `${path} is open and live`);
  await page.evaluate(() => {
    window.sameDocument = true;
  });
  return page;
}

const unloaded = (page) => page.evaluate(() => window.sameDocument === true);

async function changed() {
  const page = await follow("/services/acme-payment");
  const list = await follow("/services");
  await sees(main(page).getByText("The payment"), "it shows what was published");

  const from = Date.now();
  is(await server("put", "acme-payment", "Charges a wallet"), 200, "a changed spec is published");
  await sees(main(page).getByText("Charges a wallet"), "and the open page shows it");
  note(`${Date.now() - from} ms after the publish began`);
  ok(await unloaded(page), "without a reload");
  await sees(main(page).getByText("v2 of 2"), "as the second version");
  await sees(main(page).getByText("Spec changed").first(), "with what happened");
  await sees(rows(list).getByText("Charges a wallet"), "so does the list");
  ok(await unloaded(list), "without a reload");

  await page.getByRole("link", { name: /^Spec/ }).click();
  const versions = main(page).getByRole("list", { name: "Versions" }).getByRole("link");
  await becomes(() => versions.count(), 2, "the history is open");
  await server("put", "acme-payment", "Charges a card");
  await becomes(() => versions.count(), 3, "and follows, too");
  await page.getByRole("link", { name: "Activity" }).click();
  await becomes(() => main(page).getByRole("listitem").count(), 3, "activity is open");
  await server("put", "acme-payment", "Charges a bank account");
  await becomes(() => main(page).getByRole("listitem").count(), 4, "and follows");
  await page.context().close();
  await list.context().close();
}

async function steady() {
  const page = await follow("/services?sort=updated");
  await becomes(async () => (await shown(page))[0], "acme-payment", "the last change is on top");
  await server("put", "acme-wallet", "Holds money");
  await becomes(async () => (await shown(page))[0], "acme-wallet", "another change moves a row");

  await rows(page).nth(2).hover();
  const before = await shown(page);
  await server("put", "acme-cart", "Holds things");
  const pill = page.getByRole("button", { name: /^\d+ updates? · show$/ });
  await sees(pill, "under the pointer a change waits, and says so");
  is(await pill.textContent(), "1 update · show", "with its number");
  is(await shown(page), before, "no row has moved");
  await server("put", "acme-new", "Is new");
  await becomes(() => pill.textContent(), "2 updates · show", "changes are counted up");
  // By the keyboard: on its way to the button the pointer would leave the rows.
  await pill.press("Enter");
  await becomes(
    async () => (await shown(page)).slice(0, 3),
    ["acme-new", "acme-cart", "acme-wallet"],
    "pressing it lets the rows move",
  );
  await misses(pill, "and then nothing waits");

  await rows(page).nth(2).hover();
  await server("put", "acme-new", "Is not so new");
  await sees(rows(page).getByText("Is not so new"), "what moves no row is shown at once");
  await server("put", "acme-shop", "Sells");
  await sees(pill, "what moves one waits");
  await page.mouse.move(640, 20);
  await becomes(async () => (await shown(page))[0], "acme-shop", "until the pointer has left");
  await page.context().close();
}

async function broken() {
  const page = await follow("/services/acme-payment", { expected: [/^50[234] GET/] });
  await server("stop_nginx");
  await sees(page.getByText("Reconnecting"), "a broken stream is said to be");
  await server("publish_by_sql", "acme-payment", "Changed meanwhile");
  await sees(page.getByText(/^Offline – data from \d\d:\d\d/), "and how old the page is then");
  await sees(main(page).getByText("Charges a bank account"), "which stays as it was");
  await server("start_nginx");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await sees(live(page), "when the server is back the page is live");
  await sees(main(page).getByText("Changed meanwhile"), "and has what it missed");
  ok(await unloaded(page), "without a reload");
  await server("put", "acme-payment", "Changed after");
  await sees(main(page).getByText("Changed after"), "and goes on following");
  await page.context().close();
}

/** A proxy on the way that lets no stream through. */
async function polling() {
  const page = await open("/services/acme-wallet", { as: "anna" });
  await page.route("**/events/stream", (route) => route.abort());
  await page.reload();
  await sees(page.getByText("Every 30 s"), "without a stream the page asks from time to time");
  await page.unroute("**/events/stream");
  await sees(live(page), "and goes back to a stream as soon as there is one");
  await page.context().close();
}

browse(async () => {
  await changed();
  await steady();
  await broken();
  await polling();
});
