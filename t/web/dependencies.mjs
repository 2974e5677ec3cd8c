// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const picture = (page) => main(page).locator("svg[role=group]");
const table = (page) => page.getByRole("table", { name: "List of dependencies" });
const node = (page, id) => picture(page).locator(`[data-node="${id}"]`);
const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const nodes = (page) =>
  picture(page)
    .locator("[data-node]")
    .evaluateAll((all) => all.map((each) => each.dataset.node).sort());
const drawn = (page) =>
  picture(page)
    .locator("[data-edge]")
    .evaluateAll((all) => all.map((each) => each.dataset.edge).sort());
const listed = (page) =>
  table(page)
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows
        .map((row) =>
          [...row.cells]
            .slice(0, 2)
            .map((cell) => cell.textContent.split(" ")[0])
            .join(" "),
        )
        .sort(),
    );
const focused = (page) => page.evaluate(() => document.activeElement?.dataset.node);

async function around() {
  const page = await open("/dependencies?center=shop&hops=2", { as: "anna" });
  await sees(title(page, "Dependencies of shop"), "a service is in the centre");
  await becomes(
    () => nodes(page),
    ["cart", "ghost", "pay", "shop", "stock", "wallet"],
    "two hops are drawn, with what is not in the catalogue",
  );
  const edges = await drawn(page);
  is(
    edges,
    ["cart ghost", "cart stock", "pay wallet", "shop cart", "shop pay", "wallet pay"],
    "and all edges among them",
  );
  is(await listed(page), edges, "the list says the same");
  await sees(table(page).getByText("acme.pay.v1.Pay/Charge"), "with the RPCs");
  is(
    await node(page, "ghost").getAttribute("aria-label"),
    "ghost, Not in the catalogue, needed by 1",
    "a node says all there is in its name",
  );
  await page.getByText("1 hop", { exact: true }).click();
  await becomes(() => where(page), /hops=1/, "the hops are in the address");
  await becomes(() => nodes(page), ["cart", "pay", "shop"], "fewer hops draw less");
  await page.getByText("What needs it").click();
  await becomes(() => nodes(page), [], "nothing needs it");
  await sees(page.getByText("It needs nothing, and nothing needs it"), "which is said");
  await page.goBack();
  await becomes(() => nodes(page), ["cart", "pay", "shop"], "back is back");
  return page;
}

async function keys(page) {
  await node(page, "shop").focus();
  await page.keyboard.press("ArrowRight");
  await becomes(() => focused(page), /^(cart|pay)$/, "an arrow key goes to the next node");
  await node(page, "cart").focus();
  const group = picture(page).locator("> g");
  const before = await group.getAttribute("transform");
  await page.keyboard.press("+");
  await becomes(
    () => group.getAttribute("transform"),
    (now) => now !== before,
    "+ zooms",
  );
  const closer = await group.getAttribute("transform");
  await page.keyboard.press("Shift+ArrowRight");
  await becomes(
    () => group.getAttribute("transform"),
    (now) => now !== closer,
    "Shift pans",
  );
  await page.keyboard.press("0");
  await becomes(() => group.getAttribute("transform"), before, "0 shows all again");
  await page.getByRole("button", { name: "Zoom out" }).click();
  await becomes(
    () => group.getAttribute("transform"),
    (now) => now !== before,
    "so do buttons",
  );
  await page.getByRole("button", { name: "Show all" }).click();
  await becomes(() => group.getAttribute("transform"), before, "both ways");
  await node(page, "cart").focus();
  await page.keyboard.press("Enter");
  await sees(title(page, "Dependencies of cart"), "Enter puts a node in the centre");
  await becomes(() => where(page), /center=cart/, "and in the address");
  await page.getByRole("link", { name: "Open the service" }).click();
  await sees(title(page, "cart"), "the service is one click away");
  await page.getByRole("link", { name: "Show as a graph" }).click();
  await sees(title(page, "Dependencies of cart"), "and leads back");
  await page.context().close();
}

async function large() {
  const page = await open("/dependencies?center=hub", { as: "anna" });
  await sees(
    page.getByText("11 more nodes are not drawn. (hop 1: 11)"),
    "what is too much is said",
  );
  await becomes(async () => (await nodes(page)).length, 150, "150 nodes are drawn");
  await page.getByRole("button", { name: "See the list" }).click();
  await becomes(async () => (await listed(page)).length, 100, "the list begins");
  await page.getByRole("button", { name: "Load more" }).click();
  await becomes(async () => (await listed(page)).length, 160, "and has all of it");
  await misses(page.getByRole("button", { name: "Load more" }), "no more is promised");
  await page.context().close();
}

async function teams() {
  const page = await open("/services", { as: "anna" });
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Dependencies" })
    .click();
  await sees(title(page, "Dependencies"), "the side bar leads to the teams");
  await becomes(
    () => nodes(page),
    ["--", "depot", "fans", "front", "money"],
    "which are drawn, with what is not in the catalogue",
  );
  await becomes(
    () => drawn(page),
    ["fans depot", "front --", "front depot", "front money"],
    "and who needs whom",
  );
  await page.getByRole("link", { name: "What front needs of money: 1 pair" }).click();
  const pairs = page.getByRole("table", { name: "What front needs of money" });
  await sees(pairs.getByText("acme.pay.v1.Pay/Charge"), "an edge opens into services");
  await page.getByRole("link", { name: "Close" }).click();
  await node(page, "money").click();
  await becomes(() => nodes(page), ["front", "money"], "a team is shown with its neighbours");
  await page.getByRole("link", { name: "All teams" }).click();
  await sees(page.getByText("Cycle of 2 services"), "a cycle is reported");
  await sees(main(page).getByRole("link", { name: "wallet", exact: true }), "with its members");
  await sees(main(page).getByRole("link", { name: "lone", exact: true }), "and who stands alone");
  await sees(page.getByText("Needed by cart"), "and who needs what is not there");
  is(await server("need", "lone", "stock"), 200, "a spec changes");
  await sees(page.getByText("No service stands alone."), "the open page follows");
  await page.getByRole("combobox", { name: "Look around a service" }).fill("wallet");
  await page.keyboard.press("Enter");
  await sees(title(page, "Dependencies of wallet"), "any service can be looked around");
  await page.context().close();
}

async function wrong() {
  const expected = [/^404 GET \/api\/v1\/dependencies$/];
  const page = await open("/dependencies?center=walet", { as: "anna", expected });
  await sees(title(page, "There is no service “walet”"), "an unknown service is none");
  await page.getByRole("link", { name: "wallet" }).click();
  await sees(title(page, "Dependencies of wallet"), "but one that is close is offered");
  await page.context().close();
  const narrow = await open("/dependencies?center=shop&hops=2", {
    as: "anna",
    viewport: { width: 360, height: 700 },
  });
  await sees(node(narrow, "shop"), "a small window has the picture, too");
  ok(
    await narrow.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth),
    "and is not wider than it is",
  );
  await narrow.context().close();
}

browse(async () => {
  await keys(await around());
  await large();
  await teams();
  await wrong();
});
