// SPDX-License-Identifier: Apache-2.0
import { becomes, browse, is, misses, ok, open, sees, server, where } from "./browser.mjs";

const main = (page) => page.getByRole("main");
const table = (page) => page.getByRole("table", { name: "Refused publishes" });
const faults = (page) => page.getByRole("table", { name: "Faults" });
const badge = (page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Failed publishes/ });
const held = (page) => page.getByRole("heading", { name: /“mono”: \d+ of \d+ would be deleted/ });
const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

async function refused() {
  const page = await open("/publishes", { as: "anna" });
  await sees(page.getByRole("heading", { name: "No publish has failed" }), "at first none failed");
  await sees(page.getByText("Live", { exact: true }), "the page is live");
  is(await server("publish", false), 422, "a publish is refused");
  await sees(
    table(page).getByRole("link", { name: "Show the faults of “acme-payment”" }),
    "the open page shows it",
  );
  await sees(table(page).getByText("3 faults"), "with the number of its faults");
  await sees(table(page).getByText(/^Line 4: /), "and the first of them with its line");
  await becomes(() => badge(page).textContent(), /1$/, "the side bar counts it");
  await server("publish", false);
  await page.reload();
  await sees(table(page).getByText("3 faults · 2 times"), "the same again is counted");

  await page.goto(page.url().replace("publishes", "services/acme-payment"));
  await sees(
    page.getByText("The last publish was refused: 3 faults. What you see is the good version"),
    "the service says that its last publish failed",
  );
  await page.getByRole("link", { name: "See the faults" }).click();
  await becomes(() => where(page), /^\/publishes\/\d+$/, "and leads to the faults");
  return page;
}

async function lines(page) {
  await becomes(
    async () =>
      (await faults(page).locator("tbody tr").allInnerTexts()).map((text) =>
        text.split(/\s+/).slice(0, 2).join(" "),
      ),
    ["4:7 #/tier", "5:12 #/lifecycle", "6:11 #/tags/1"],
    "each fault has its line, its column and its field",
  );
  const source = page.getByRole("figure", { name: "The text as received" });
  await sees(source.getByText("description: 決済する"), "the text is as it was received");
  const line = (text) => source.locator("pre > div").filter({ hasText: text });
  const mark = (text) =>
    line(text).evaluate((each) => {
      const { backgroundColor, outlineStyle } = getComputedStyle(each);
      return `${backgroundColor} ${outlineStyle}`;
    });
  const plain = await mark("description");
  ok((await mark("tier: 9")) !== plain, "lines with a fault are marked");
  await faults(page).getByRole("link", { name: "6:11" }).click();
  await becomes(() => where(page), /\?line=6$/, "a fault leads to its line");
  const other = await mark("tier: 9");
  await becomes(
    () => mark("tags: [a, a]"),
    (got) => got !== other,
    "which is marked more",
  );
  await sees(main(page).getByText("payment-repo"), "it says who published");
  await sees(main(page).getByText("badbadbad1"), "from which commit");
}

async function resolved(page) {
  is(await server("publish", true), 200, "a good publish follows");
  await sees(
    main(page)
      .getByText(/^Resolved/)
      .first(),
    "which resolves it on the open page",
  );
  await becomes(() => badge(page).textContent(), /s$/, "nothing is counted any more");
  await badge(page).click();
  await sees(page.getByRole("heading", { name: "No publish has failed" }), "nor listed");
  await page.getByRole("checkbox", { name: "Include resolved" }).check();
  await becomes(() => where(page), "/publishes?resolved=1", "what is resolved can be listed");
  await sees(table(page).getByText("Resolved", { exact: true }), "and is marked so");
  await page.context().close();
}

async function descriptors() {
  const page = await open("/publishes", { as: "anna" });
  await sees(page.getByText("Live", { exact: true }), "the list is open again");
  is(await server("protos", false), 422, "a descriptor set is refused");
  const row = table(page).getByRole("row").filter({ hasText: "acme-protos" });
  await sees(row.getByText("Descriptor set"), "the list shows it by its repository");
  await sees(row.getByText("1 fault"), "with the number of its faults");
  await page.getByLabel("Proto repository").selectOption("acme-protos");
  await becomes(() => where(page), "/publishes?repository=acme-protos", "those of one can be seen");
  await sees(row, "although it has no good set yet");
  await row.getByRole("link").click();
  await sees(main(page).getByRole("heading", { name: "acme-protos" }), "its page has its name");
  await sees(faults(page).getByText("required"), "and its faults");
  await sees(main(page).getByText("badbadbad2"), "and its commit");
  await sees(
    main(page).getByText("The bytes of a descriptor set are not kept."),
    "and says why there is no text",
  );
  await sees(main(page).getByText("(nothing published yet)"), "and leads to no page without it");
  is(await server("protos", true), 200, "a good set follows");
  await sees(
    main(page)
      .getByText(/^Resolved/)
      .first(),
    "which resolves it on the open page",
  );
  await main(page).getByRole("link", { name: "acme-protos", exact: true }).click();
  await main(page).getByRole("link", { name: "Failed publishes" }).click();
  await becomes(
    () => where(page),
    "/publishes?repository=acme-protos",
    "its repository leads to it",
  );
  await sees(page.getByRole("heading", { name: "No publish has failed" }), "where none is open");
  await page.getByRole("checkbox", { name: "Include resolved" }).check();
  await sees(row.getByText("Resolved", { exact: true }), "but one was");
  await page.getByLabel("Proto repository").selectOption("");
  await sees(table(page).getByRole("link", { name: /“acme-payment”/ }), "then all of them again");
  await page.context().close();
}

async function viewer() {
  await server("set", ...ALL);
  const page = await open("/publishes", { as: "anna" });
  await sees(page.getByText("Live", { exact: true }), "a viewer has the page open");
  is(await server("set", 1, 2, 3), 202, "a set with seven of ten missing is held");
  await sees(held(page), "which the open page shows");
  is(await held(page).textContent(), "“mono”: 7 of 10 would be deleted", "with what is at stake");
  await sees(main(page).getByRole("link", { name: "svc-10" }), "and the names");
  await sees(main(page).getByText("Only administrators approve or reject."), "who may decide");
  is(
    await main(page)
      .getByRole("button", { name: /Approve|Reject/ })
      .count(),
    0,
    "not a viewer",
  );
  return page;
}

async function admin(watching) {
  const page = await open("/publishes", { as: "admin" });
  const approve = main(page).getByRole("button", { name: "Approve deletions" });
  await main(page).getByRole("button", { name: "Reject" }).click();
  await sees(page.getByText("Deletions rejected. The services stay."), "an admin rejects them");
  await misses(held(page), "and nothing is held");
  await misses(held(watching), "on the viewer's page neither");
  is(await server("live"), 10, "the services are all there");

  await server("set", 1, 2, 3);
  await approve.click();
  const dialog = page.getByRole("dialog", { name: "Approve the deletions?" });
  await sees(dialog.getByText("7 services will count as deleted."), "approving asks again");
  await page.keyboard.press("Escape");
  await misses(dialog, "Escape takes it back");
  is(await server("live"), 10, "and nothing happened");
  await approve.click();
  await dialog.getByRole("button", { name: "Approve deletions" }).click();
  await sees(page.getByText("7 services deleted"), "then they are deleted");
  await misses(held(watching), "and the viewer's page follows");
  is(await server("live"), 3, "in the database, too");

  await page.goto(page.url().replace("publishes", "services/svc-10"));
  await sees(page.getByText(/^This service left the publishes of “mono”/), "the service says so");
  is(await server("set", ...ALL), 200, "and publishing it again");
  await misses(page.getByText(/^This service left the publishes/), "restores it");
  await page.context().close();
}

/** Two admins at the same time. */
async function both() {
  await server("set", 1, 2, 3);
  const [one, other] = [
    await open("/publishes", { as: "admin" }),
    await open("/publishes", { as: "admin", expected: [/^404 POST/] }),
  ];
  await sees(held(other), "two admins see the same");
  await other.route("**/events/stream", (route) => route.abort());
  await other.reload();
  await sees(held(other), "one of them is told of nothing");
  await main(one).getByRole("button", { name: "Reject" }).click();
  await misses(held(one), "the first decides");
  await main(other).getByRole("button", { name: "Reject" }).click();
  await sees(other.getByText("Somebody has already dealt with this."), "the second is told so");
  await misses(held(other), "and sees what is so");
}

browse(async () => {
  const page = await refused();
  await lines(page);
  await resolved(page);
  await descriptors();
  await admin(await viewer());
  await both();
});
