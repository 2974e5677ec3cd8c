// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const HOME = "/apis/acme-protos";
const main = (page) => page.getByRole("main");
const tree = (page) => page.getByRole("tree");
const heading = (page, name) => main(page).getByRole("heading", { name, exact: true });
const link = (page, name) => main(page).getByRole("link", { name, exact: true });
const panel = (page, name) => page.getByRole("region", { name, exact: true });

async function nothing(page) {
  await sees(page.getByRole("figure", { name: "How to publish" }), "nothing yet: how to publish");
  await sees(page.getByText("curl -T set.pb"), "by a command");
}

async function first(page) {
  is(await server("set", "acme-protos", "int32"), 200, "a set is published");
  await becomes(() => where(page), HOME, "and the only repository is shown, without a reload");
  await sees(panel(page, "What it declares"), "with what it declares");
  await sees(panel(page, "Revision 1"), "and its revision");
}

async function byTree(page) {
  await tree(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await sees(tree(page).getByText("PayService"), "a package opens by the keyboard");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await becomes(() => where(page), `${HOME}/acme.pay.v1.PayService`, "and leads to a service");
  const chosen = tree(page).getByRole("treeitem", { selected: true });
  await becomes(() => chosen.innerText(), /PayService/, "which is the chosen row then");
}

async function service(page) {
  await sees(heading(page, "PayService"), "a service has its page");
  await sees(link(page, "Charge").first(), "its comment leads to what it names");
  await sees(page.getByText("Server streaming"), "streaming has a word");
  await sees(page.getByText("Deprecated").first(), "and so has what is deprecated");
  await sees(page.getByText("No caller is known"), "no caller is known, which is not none");
  is(await server("spec", "acme-pay", "provides", "acme.pay.v1.PayService"), 200, "a spec says it");
  await server("spec", "acme-shop", "consumes", "acme.pay.v1.PayService/Pay");
  await sees(panel(page, "Provided by").getByRole("link", { name: "acme-pay" }), "provides it");
  await sees(panel(page, "Called by").getByRole("link", { name: "acme-shop" }), "or calls it");
}

async function method(page) {
  await link(page, "Pay").click();
  await sees(page.getByText("Charges <b>once</b>, see [this](javascript:alert(1))."), "raw text");
  is(await main(page).locator('b, [href^="javascript"]').count(), 0, "is never markup");
  const request = JSON.parse(
    await page.getByRole("figure", { name: "Example of PayRequest" }).locator("pre").innerText(),
  );
  is(
    request,
    {
      walletId: "string",
      yen: "1",
      earlier: { key: { name: "string", parts: [], state: "DONE" } },
      retries: 1,
    },
    "the example is ProtoJSON, and ends",
  );
  const lines = page.getByRole("figure", { name: "Call it with grpcurl" });
  await becomes(() => lines.innerText(), /acme\.pay\.v1\.PayService\/Pay'/, "grpcurl calls it");
}

async function message(page) {
  await page.goto(page.url().replace(/\/[^/]*$/, "/acme.pay.v1.PayRequest.yen"));
  const row = page.getByRole("row").filter({ hasText: "yen" }).first();
  await becomes(() => row.getAttribute("class"), /focus/, "a field is pointed at in its message");
  await sees(page.getByText("oneof amount (one of these)"), "a oneof is a group");
  await becomes(() => main(page).innerText(), /map<string,\s*Charge>/, "a map has its types");
  await sees(panel(page, "Used by").getByText("acme.pay.v1.PayService.Watch"), "and who uses it");
}

async function file(page) {
  await sees(page.getByText("proto3", { exact: true }), "and the syntax of its file");
  await link(page, "pay.proto:11").click();
  const source = page.getByRole("figure", { name: "pay.proto" });
  await becomes(() => source.innerText(), /reserved 5;/, "the file is written anew");
  await sees(panel(page, "Options").getByText("example.acme.pay"), "with its options");
  await source.getByRole("link", { name: "State", exact: true }).first().click();
  await becomes(() => where(page), `${HOME}/acme.pay.v1.State`, "and its names are links");
}

async function missing(page) {
  await page.goto(page.url().replace(/\/[^/]*$/, "/acme.pay.v1.PayServise"));
  await sees(page.getByText("There is no “acme.pay.v1.PayServise”"), "a wrong name is said");
  await sees(link(page, "acme.pay.v1.PayService"), "with those that are near");
}

async function changes(page) {
  await server("set", "acme-protos", "string");
  await page.getByRole("link", { name: /^Revisions/ }).click();
  const first = page.getByRole("row").filter({ hasText: "Revision 1" });
  await becomes(() => first.innerText(), /1 service, 2 methods/, "it says how much it declares");
  await page.getByLabel("Choose revision 1 to compare").check();
  await page.getByLabel("Choose revision 2 to compare").check();
  await page.getByRole("button", { name: "Compare the two" }).click();
  await becomes(() => where(page), `${HOME}/diff?from=1&to=2`, "two revisions are compared");
  const finding = page.getByRole("article").first();
  await becomes(() => finding.innerText(), /Breaking\s+FIELD_/, "what breaks comes first");
  await sees(panel(page, "Services it hits").getByRole("link", { name: "acme-shop" }), "for whom");
  await page.getByRole("searchbox", { name: "Filter the changes" }).fill("no-such-thing");
  await sees(page.getByText("No change matches"), "a filter may leave nothing");
  await becomes(() => where(page), `${HOME}/diff?from=1&to=2&q=no-such-thing`, "and is an address");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await sees(finding, "it can be taken away");
  await page.getByLabel("Category").selectOption("MDASH");
  ok(!(await where(page)).includes("q="), "and another one chosen");
}

async function tab(page) {
  await page.goto(new URL("/services/acme-shop/grpc", page.url()).href);
  await link(page, "acme.pay.v1.PayService/Pay").click();
  await becomes(() => where(page), `${HOME}/acme.pay.v1.PayService.Pay`, "what a service calls");
  await page.keyboard.press("Control+k");
  await sees(page.getByRole("dialog"), "the palette opens");
  await page.keyboard.type("PayRequest");
  const hit = page.getByRole("group", { name: "gRPC APIs" }).getByRole("option").first();
  await becomes(() => hit.innerText(), /PayRequest[\s\S]*Message/, "and finds symbols");
  await hit.click();
  await becomes(() => where(page), `${HOME}/acme.pay.v1.PayRequest`, "and leads to them");
  await misses(page.getByRole("dialog"), "and closes");
}

const BARE = "/apis/acme-bare";

async function nameless(page) {
  is(await server("bare", "acme-bare"), 200, "a set without a package is published");
  await page.goto(new URL(BARE, page.url()).href);
  await tree(page).focus();
  await page.keyboard.press("Enter");
  await becomes(() => where(page), `${BARE}/-`, "what has no package has a page");
  await sees(heading(page, "(no package)"), "which says so");
  await link(page, "files").first().click();
  await becomes(() => where(page), `${BARE}/.files`, "a symbol may be named like a screen");
  await page.reload();
  await sees(heading(page, "files"), "and has its page all the same");
  await link(page, "policy").first().click();
  await becomes(() => where(page), `${BARE}/.policy`, "as what it uses has");
  await link(page, "Row").first().click();
  await becomes(() => where(page), `${BARE}/policy.Row`, "what is inside needs no dot");
  const chosen = tree(page).getByRole("treeitem", { selected: true });
  await becomes(() => chosen.innerText(), /policy/, "the tree shows what it is in");
  await link(page, "bare.proto:3").click();
  await becomes(() => where(page), `${BARE}/files?path=bare.proto`, "a screen is still one");
  await link(page, "(no package)").click();
  await becomes(() => where(page), `${BARE}/-`, "and leads back to the package");
}

browse(async () => {
  const page = await open("/apis", { as: "anna", expected: [/^404 GET \/api\/v1\/apis\//] });
  await nothing(page);
  await first(page);
  await byTree(page);
  await service(page);
  await method(page);
  await message(page);
  await file(page);
  await missing(page);
  await changes(page);
  await tab(page);
  await nameless(page);
});
