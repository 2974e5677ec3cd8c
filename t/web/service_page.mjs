// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, ok, open, sees, server, where } from "./browser.mjs";

const PAYMENT = "/services/acme-payment";
const main = (page) => page.getByRole("main");
const title = (page, name) => main(page).getByRole("heading", { level: 1, name, exact: true });
const _panel = (page, name) => main(page).getByRole("region", { name, exact: true });
const link = (page, name) => main(page).getByRole("link", { name, exact: true });
const tab = (page, name) =>
  page.getByRole("navigation", { name: "Parts of the service page" }).getByRole("link", { name });

async function overview() {
  const page = await open(PAYMENT, { as: "anna" });
  await sees(title(page, "acme-payment"), "a service has a page");
  is(await page.title(), "acme-payment · Services · mdash", "that the window is named after");
  await sees(main(page).getByText("Charges a purse"), "with what it does");
  await sees(main(page).getByText("Tier 1"), "how much depends on it");
  await sees(link(page, "payments").first(), "who owns it");
  await sees(link(page, "pay@acme.example"), "how to reach them");
  is(
    await main(page)
      .getByRole("link", { name: /^Runbook/ })
      .getAttribute("rel"),
    "noreferrer noopener",
    "links lead outside and give nothing away",
  );
  await sees(link(page, "acme-wallet"), "what it depends on is a link");
  await sees(link(page, "acme-shop"), "so is what depends on it");
  await sees(
    main(page).getByText("outside-bank (not in the catalogue)"),
    "what is unknown is said",
  );
  is(await link(page, "outside-bank").count(), 0, "and leads nowhere");
  await sees(main(page).getByText("javascript:alert(1)"), "keys that mdash does not know are kept");
  is(await main(page).locator("a[href^=javascript]").count(), 0, "as text");
  await sees(main(page).getByText("payment-repo").first(), "with who published it");
  await sees(main(page).getByText("3333333ccc").first(), "from which commit");

  await link(page, "acme-wallet").click();
  await sees(title(page, "acme-wallet"), "a neighbour is one click away");
  await sees(link(page, "acme-payment"), "and names it in turn");
  await page.goBack();
  await sees(title(page, "acme-payment"), "the way back leads back");
  return page;
}

async function versions(page) {
  await tab(page, "Spec").click();
  await becomes(() => where(page), `${PAYMENT}/spec`, "the spec is a tab with an address");
  is(await tab(page, "Spec").getAttribute("aria-current"), "page", "that is marked as open");
  const list = main(page).getByRole("list", { name: "Versions" });
  await becomes(
    async () => (await list.getByRole("link").allInnerTexts()).map((text) => text.slice(0, 2)),
    ["v3", "v2", "v1"],
    "every version is there, the newest first",
  );
  await sees(list.getByRole("link").first().getByText("current"), "and which one counts");
  const fields = main(page).getByRole("table", { name: "Fields" });
  await sees(fields.getByRole("row", { name: "tags payments, pci" }), "with its fields");

  await list.getByRole("link", { name: /^v1/ }).click();
  await becomes(() => where(page), `${PAYMENT}/spec?v=1`, "a version has an address");
  await sees(fields.getByRole("row", { name: "tags payments, grpc" }), "and its own fields");
  await sees(main(page).getByText("1111111aaa").first(), "its own commit");
  is(
    await main(page)
      .getByRole("link", { name: /^CI run/ })
      .first()
      .getAttribute("href"),
    "https://ci.example/1111111aaaa",
    "and its CI run",
  );
  await main(page).getByText("Source", { exact: true }).click();
  await becomes(() => where(page), `${PAYMENT}/spec?v=1&view=source`, "so does a view");
  const source = main(page).getByRole("figure", { name: "Source of v1" });
  await sees(source.getByText("# 1111111aaaa"), "the text is as it was received");
  await sees(source.getByText("<b onclick=alert(1)>wallet</b>"), "markup in it is text");
  await main(page).getByRole("button", { name: "Copy" }).click();
  await sees(main(page).getByRole("button", { name: "Copied" }), "and can be copied");
}

async function differences(page) {
  await page.goto(page.url().replace(/spec.*/, "spec?view=diff"));
  const table = main(page).getByRole("table", { name: "Changes" });
  const rows = async () =>
    (await table.locator("tbody tr").allInnerTexts()).map((text) =>
      text.replace(/\s+/g, " ").trim(),
    );
  await becomes(
    rows,
    (all) => all.length === 2 && all.some((row) => /^Changed tier 2 1$/.test(row)),
    "changes are field by field, from the version before",
  );
  const from = main(page).getByRole("combobox", { name: "From" });
  is(await from.inputValue(), "2", "which is named");
  await from.selectOption("1");
  await becomes(() => where(page), `${PAYMENT}/spec?view=diff&from=1`, "another can be chosen");
  await becomes(rows, (all) => all.length === 4, "and all that changed since is shown");
  ok((await rows()).includes("Removed tags[grpc] grpc –"), "what went");
  ok((await rows()).includes("Added tags[pci] – pci"), "and what came");
  await from.selectOption("0");
  await becomes(rows, (all) => all.every((row) => row.startsWith("Added")), "nothing is one, too");
  await page.goBack();
  await becomes(() => from.inputValue(), "1", "the way back undoes the choice");
}

async function activity(page) {
  await tab(page, "Activity").click();
  await becomes(() => where(page), `${PAYMENT}/activity`, "what happened is a tab");
  const items = main(page).getByRole("listitem");
  await becomes(() => items.count(), 3, "with every publish that changed it");
  await sees(items.first().getByText("Spec changed"), "the last one first");
  await sees(items.last().getByText("Registered"), "the first one last");
  await sees(items.first().getByText("payment-repo"), "each says by whom");
  await sees(items.first().getByText("3333333ccc"), "and from what");
  await items.nth(1).getByRole("link", { name: "v2" }).click();
  await becomes(() => where(page), `${PAYMENT}/spec?v=2&view=diff`, "and leads to what it changed");
  await tab(page, "Activity").click();
  const feed = await main(page).getByRole("link", { name: "Atom feed" }).getAttribute("href");
  const text = await page.evaluate(async (path) => (await fetch(path)).text(), feed);
  ok(text.includes("<feed"), "the same is there for feed readers");
  await page.context().close();
}

async function past() {
  const { before, then } = await server("times");
  const page = await open(`${PAYMENT}?at=${encodeURIComponent(then)}`, {
    as: "anna",
    expected: [/^404 GET \/api\/v1\/services\/acme-payment/],
  });
  await sees(page.getByText(/^This is the state as of /), "an earlier time is said to be one");
  await sees(main(page).getByText("Tier 3"), "what held then is shown");
  await sees(main(page).getByText("Charges a <b onclick=alert(1)>wallet</b>, 決済する"), "as text");
  await sees(page.getByText("Showing the past"), "the past is not kept up to date");
  await link(page, "acme-wallet").click();
  await becomes(() => where(page), /^\/services\/acme-wallet\?at=/, "links stay in that time");
  await page.goBack();
  await main(page).getByRole("button", { name: "Back to now" }).click();
  await becomes(() => where(page), PAYMENT, "one button leads to now");
  await sees(main(page).getByText("Tier 1"), "and to what holds now");
  await sees(page.getByText("Live", { exact: true }), "live again");

  await page.goto(`${page.url()}?at=${encodeURIComponent(before)}`);
  await sees(
    page.getByRole("heading", { name: "“acme-payment” did not exist at that time" }),
    "before its first publish there was none",
  );
  await main(page).getByRole("button", { name: "Back to now" }).click();
  await sees(title(page, "acme-payment"), "but there is one now");

  await main(page).getByRole("button", { name: "As of …" }).click();
  await page.getByLabel("Show the state at").last().fill("2020-02-03T04:05");
  await page.getByRole("button", { name: "Show that time" }).click();
  // Tokyo is nine hours ahead.
  await becomes(
    () => decodeURIComponent(where(page)),
    `${PAYMENT}?at=2020-02-02T19:05:00Z`,
    "a time can be chosen, in the reader's zone",
  );
  await page.context().close();
}

async function names() {
  const page = await open("/services/acme-paymnt", {
    as: "anna",
    expected: [/^404 GET \/api\/v1\/services\/(acme-paymnt|zzz)/],
  });
  await sees(
    page.getByRole("heading", { name: "There is no service “acme-paymnt”" }),
    "an unknown service is said to be one",
  );
  await sees(link(page, "acme-payment"), "with names that are close");
  await link(page, "acme-payment").click();
  await sees(title(page, "acme-payment"), "which lead there");

  await page.goto(page.url().replace("acme-payment", "acme-moneybag"));
  await becomes(
    () => where(page),
    "/services/acme-purse?was=acme-moneybag",
    "an earlier name leads to the present one",
  );
  await sees(page.getByText("“acme-moneybag” is now “acme-purse”."), "and says so");

  await page.goto(page.url().replace(/acme-purse.*/, "zzzzzzzzzz"));
  await sees(page.getByText("No service has a similar name."), "unless nothing is close");
  await page.goto(page.url().replace("services/zzzzzzzzzz", "nowhere"));
  await sees(page.getByText("There is no such page"), "an address that is none is said to be");
  await page.context().close();
}

browse(async () => {
  const page = await overview();
  await versions(page);
  await differences(page);
  await activity(page);
  await past();
  await names();
});
