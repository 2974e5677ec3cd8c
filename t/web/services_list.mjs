// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, origin, sees, server, where } from "./browser.mjs";

const AWAY = /^50[234] GET \/api\/v1\/services/;
const table = (page) => page.getByRole("table", { name: "Services" });
const rows = (page) => table(page).locator("[data-index]");
const link = (page, id) => table(page).getByRole("link", { name: id, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement?.textContent);
const header = (page, name) => page.getByRole("columnheader", { name });

/** Ids of the rows in the document, in their order. */
const shown = (page) =>
  rows(page).evaluateAll((all) =>
    all
      .sort((a, b) => a.dataset.index - b.dataset.index)
      .map((row) => row.querySelector("a").textContent),
  );

/** Is the row of a link between the header and the end of the table's window? */
const inView = (each) =>
  each.evaluate((node) => {
    const { top, bottom } = node.closest("[role=row]").getBoundingClientRect();
    const frame = node.closest("[role=table]");
    const head = frame.querySelector("[role=rowgroup]").getBoundingClientRect();
    return (
      top >= head.bottom - 1 && bottom <= frame.parentElement.getBoundingClientRect().bottom + 1
    );
  });

async function nothingYet() {
  const page = await open("/services", { as: "anna" });
  await sees(
    page.getByRole("heading", { name: "No service is registered yet" }),
    "before the first publish the list says so",
  );
  await sees(page.getByText(`${origin}/api/v1/ingest/services/acme-hello`), "and how to publish");
  await page.getByRole("link", { name: "Make a token" }).click();
  await becomes(() => where(page), /^\/settings\/tokens\?make=1/, "and leads to making a token");
  await page.goBack();
  await server("company");
  await sees(link(page, "data-event-collector"), "the first publish fills the open page");
  return page;
}

/** Scrolls, and tells what is in the middle of the table in the next picture. */
const after = (page, top) =>
  table(page).evaluate(
    (frame, to) =>
      new Promise((done) => {
        const box = frame.parentElement;
        box.scrollTop = to;
        requestAnimationFrame(() => {
          const { left, top, height } = box.getBoundingClientRect();
          const there = document.elementFromPoint(left + 60, top + height / 2);
          done(Boolean(there?.closest("[data-index]")));
        });
      }),
    top,
  );

async function virtualRows(page) {
  await sees(page.getByText("200 services", { exact: true }), "all services are counted");
  const few = (count) => count >= 12 && count < 60;
  await becomes(() => rows(page).count(), few, "a window's worth of them is in the document");
  await becomes(
    () => table(page).getAttribute("aria-rowcount"),
    "201",
    "a screen reader is told of all rows and the header",
  );
  const before = await rows(page).first().getAttribute("aria-rowindex");
  is(before, "2", "the first row is the second of the table");
  const asked = page.waitForRequest((request) => /[?&]after=/.test(request.url()));
  await rows(page).first().hover();
  await becomes(
    async () => {
      await page.mouse.wheel(0, 2000);
      return rows(page).last().getAttribute("aria-rowindex");
    },
    "201",
    "scrolling leads to the last row",
  );
  ok(await asked, "of which the rest was asked for on the way");
  await becomes(() => rows(page).count(), few, "and still few rows are in the document");
  const names = await server("ids", "service_id");
  is((await shown(page)).at(-1), names.at(-1), "the last row is the last service");
  is(where(page), "/services", "scrolling is not in the address");
  is(
    [await after(page, 0), await after(page, 5000), await after(page, 1200)],
    [true, true, true],
    "no picture is without rows, however far one scrolls",
  );
}

async function order(page) {
  const top = () =>
    table(page)
      .locator("xpath=..")
      .evaluate((box) => box.scrollTo(0, 0));
  const sorts = async (column, sort, by, how) => {
    await header(page, column).getByRole("button").click();
    await becomes(() => where(page), `/services?sort=${sort}`, `${column} sorts by ${by}`);
    await becomes(() => header(page, column).getAttribute("aria-sort"), how, `which is ${how}`);
    await top();
    const want = (await server("ids", by)).slice(0, 8);
    await becomes(async () => (await shown(page)).slice(0, 8), want, "and so are the rows");
  };
  await sorts("Team", "team", "team NULLS LAST, service_id", "ascending");
  await sorts("Tier", "tier", "tier NULLS LAST, service_id", "ascending");
  await server("publish", "nq-zebra");
  await sorts("Updated", "updated", "published_at DESC, service_id", "descending");
  is((await shown(page))[0], "nq-zebra", "the one just published is first");
  await page.goBack();
  await becomes(() => where(page), "/services?sort=tier", "the way back is the order before");
  await becomes(() => header(page, "Tier").getAttribute("aria-sort"), "ascending", "shown as such");
  await header(page, "Service").getByRole("button").click();
  await becomes(() => where(page), "/services", "the usual order needs no word in the address");
}

async function keys() {
  const page = await open("/services", { as: "anna" });
  const names = await server("ids", "service_id");
  await sees(link(page, names[0]), "a page is open");
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Filter services" });
  ok(await field.evaluate((each) => each === document.activeElement), "/ leads to the filter");
  await page.keyboard.press("j");
  is(await field.inputValue(), "j", "in which keys are letters");
  await page.keyboard.press("Escape");
  is(await field.inputValue(), "", "Escape empties it");
  await page.keyboard.press("Escape");
  await becomes(
    () => focused(page),
    (text) => text !== "",
    "and then leaves it",
  );
  await becomes(() => where(page), "/services", "no filter is left");
  await sees(link(page, names[0]), "all rows are back");
  for (const [key, at] of [
    ["j", 0],
    ["j", 1],
    ["ArrowDown", 2],
    ["k", 1],
    ["ArrowUp", 0],
  ]) {
    await page.keyboard.press(key);
    await becomes(() => focused(page), names[at], `${key} moves to row ${at + 1}`);
  }
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press("j");
  }
  await becomes(() => focused(page), names[40], "j held goes on beyond the window");
  await becomes(() => inView(link(page, names[40])), true, "and the row is in view");
  await rows(page).first().hover();
  await page.mouse.wheel(0, -9000);
  await sees(link(page, names[0]), "scrolled away from it");
  is(await focused(page), names[40], "the row keeps the keyboard");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sees(help, "? lists the keys");
  await page.keyboard.press("Escape");
  await misses(help, "Escape closes the list");
  await becomes(() => focused(page), names[40], "and the row has the keyboard again");
  await page.keyboard.press("j");
  await becomes(() => focused(page), names[41], "from where j goes on");
  await page.keyboard.press("Enter");
  await becomes(() => where(page), `/services/${names[41]}`, "Enter opens the service");
  await page.goBack();
  await becomes(() => inView(link(page, names[41])), true, "the way back is where one was");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await becomes(() => where(page), "/teams", "g t goes to the teams");
  await page.close();
}

async function links() {
  const page = await open("/services", { as: "anna" });
  const [name] = await server("ids", "service_id");
  const [other] = await Promise.all([
    page.context().waitForEvent("page"),
    link(page, name).click({ button: "middle" }),
  ]);
  await becomes(() => where(other), `/services/${name}`, "a middle click opens a new tab");
  await sees(other.getByRole("heading", { level: 1, name }), "with the service");
  is(where(page), "/services", "and the list stays");
  await page.context().close();

  const copying = ["clipboard-read", "clipboard-write"];
  const allowed = await open("/services?q=pay", { as: "anna", permissions: copying });
  await allowed.getByRole("button", { name: "Copy link" }).click();
  await sees(allowed.getByText("Copied", { exact: true }), "the address can be copied");
  is(await allowed.evaluate(() => navigator.clipboard.readText()), allowed.url(), "as it is");
  await allowed.context().close();
  const denied = await open("/services", { as: "anna", permissions: ["clipboard-read"] });
  await denied.getByRole("button", { name: "Copy link" }).click();
  await sees(
    denied.getByText("The browser does not allow copying."),
    "unless the browser forbids it, which is said",
  );
  await denied.context().close();
}

async function away() {
  const page = await open("/services", { as: "anna", expected: [AWAY, /^50[234] GET .*events/] });
  const [name] = await server("ids", "service_id");
  await sees(link(page, name), "a page is open");
  await sees(page.getByText("Live", { exact: true }), "and live");
  await server("stop", "services");
  is(await server("publish", "nq-while-away"), 200, "a service is published meanwhile");
  await sees(
    page.getByText(/^The refresh failed; this is as of \d/),
    "the list says how old it is",
  );
  await sees(link(page, name), "and keeps its rows");

  const late = await open("/services", { as: "anna", expected: [AWAY, /^50[234] GET/] });
  await sees(
    late.getByRole("alert").getByText("The server is busy or restarting."),
    "a page without rows says what failed",
  );
  await sees(late.getByText(/^Request ID \w{16,}/), "with the number to ask about");
  await server("start", "services");
  await late.getByRole("button", { name: "Retry" }).click();
  await sees(link(late, name), "another try heals it");
  await page.getByRole("button", { name: "Retry" }).click();
  await misses(page.getByText(/^The refresh failed/), "and the page that had rows");
  await sees(page.getByText("202 services", { exact: true }), "which is up to date again");
  await page.context().close();
  await late.context().close();
}

browse(async () => {
  const page = await nothingYet();
  await virtualRows(page);
  await order(page);
  await page.context().close();
  await keys();
  await links();
  await away();
});
