// SPDX-License-Identifier: Apache-2.0
import { arrived } from "./accessible.mjs";
import { becomes, browse, is, note, ok, open, origin, server } from "./browser.mjs";

const FIRST = { script: 150_000, style: 12_000 };
const SCREEN = { script: 40_000 };
const PACKAGES = 35;

const SCREENS = [
  "/services/acme-payment",
  "/services/acme-payment/spec?view=diff",
  "/services/acme-payment/activity",
  "/teams",
  "/teams/payments",
  "/publishes",
  "/publishes/1",
  "/settings/tokens",
  "/settings/preferences",
];

const PAUSE_MS = 1_000;

/** Until nothing more comes for a while. With its stream of events the network is never idle. */
async function quiet(page) {
  const count = () => page.evaluate(() => performance.getEntriesByType("resource").length);
  await arrived(page);
  for (let before = -1, now = await count(); now !== before; now = await count()) {
    before = now;
    await page.waitForTimeout(PAUSE_MS);
  }
}

/** Files that a visit with nothing in the cache loads: path and bytes on the wire. */
async function visit(path, as) {
  const page = await open(path, { as, expected: [/^401 GET/] });
  await page.locator("h1").first().waitFor();
  await quiet(page);
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name, encodedBodySize }) => ({
      path: new URL(name).pathname,
      size: encodedBodySize,
    })),
  );
  await page.context().close();
  return loaded;
}

const ofKind = (files, end) => files.filter(({ path }) => path.endsWith(end));
const sum = (files) => files.reduce((all, { size }) => all + size, 0);

async function firstVisit(path, as) {
  const files = await visit(path, as);
  const script = sum(ofKind(files, ".js"));
  const style = sum(ofKind(files, ".css"));
  ok(
    script > 50_000 && script <= FIRST.script,
    `a first visit to ${path} loads at most ${FIRST.script} bytes of script`,
    `loaded: ${script}`,
  );
  ok(
    style > 1_000 && style <= FIRST.style,
    `and at most ${FIRST.style} of style`,
    `loaded: ${style}`,
  );
  note(`${path}: ${script} bytes of script, ${style} of style`);
  const other = files.filter(
    (file) =>
      !/^\/(assets|api|events)\//.test(file.path) || /\.(woff2?|png|jpe?g)$/.test(file.path),
  );
  is(other, [], "no font and no picture");
  return files;
}

async function screens(first) {
  const known = new Set(first.map(({ path }) => path));
  for (const path of SCREENS) {
    const files = await visit(path, "anna");
    const more = sum(ofKind(files, ".js").filter((file) => !known.has(file.path)));
    const style = sum(ofKind(files, ".css"));
    ok(more > 0 && more <= SCREEN.script, `${path} adds at most ${SCREEN.script} of script`, more);
    ok(style <= FIRST.style, `and has at most ${FIRST.style} of style in all`, style);
    note(`${path}: ${more} more bytes of script, ${style} of style`);
  }
}

async function keeping(files) {
  const assets = files.filter(({ path }) => path.startsWith("/assets/")).map(({ path }) => path);
  ok(assets.length > 3, "the page is made of files");
  const wrong = { hash: [], kept: [], packed: [], plain: [] };
  for (const path of assets) {
    const { headers, size, static: made } = await server("fetch", path, "gzip");
    const plain = await server("fetch", path, "identity");
    if (!/-[\w-]{8}\.\w+$/.test(path)) wrong.hash.push(path);
    if (headers["cache-control"] !== "public, max-age=31536000, immutable") wrong.kept.push(path);
    // What is hardly smaller is not compressed.
    if (headers["content-encoding"] === "gzip" ? !made : size > 2_000) wrong.packed.push(path);
    if (plain.headers["content-encoding"] || plain.size < size) wrong.plain.push(path);
  }
  is(wrong.hash, [], "each of which is named after its content");
  is(wrong.kept, [], "so that browsers keep it for ever");
  is(wrong.packed, [], "nginx sends what was compressed when the page was built");
  is(wrong.plain, [], "or, to who asks, what was not");

  for (const path of ["/", "/services", "/services/acme-payment"]) {
    const { headers, status } = await server("fetch", path, "gzip");
    is(
      [status, headers["cache-control"], headers["content-encoding"]],
      [200, "no-cache", "gzip"],
      `${path} is asked for anew each time, and compressed`,
    );
  }
  is((await server("fetch", "/assets/none-12345678.js", "gzip")).status, 404, "no file is no page");
}

/** A second visit asks for the document alone, and whether it is another. */
async function again() {
  const page = await open("/services", { as: "anna" });
  await page.getByRole("link", { name: "acme-payment" }).waitFor();
  const fetched = [];
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  const names = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) =>
    names.set(requestId, request.url),
  );
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (!response.fromDiskCache && !response.fromPrefetchCache) {
      fetched.push([requestId, new URL(response.url).pathname]);
    }
  });
  cdp.on("Network.requestServedFromCache", ({ requestId }) => names.delete(requestId));
  await page.goto(`${origin}/services`);
  await page.getByRole("link", { name: "acme-payment" }).waitFor();
  await becomes(
    () => fetched.filter(([id, path]) => names.has(id) && path.startsWith("/assets/")),
    [],
    "a second visit takes every file from the cache",
  );
  await page.context().close();
}

browse(async () => {
  const first = await firstVisit("/services", "anna");
  await firstVisit("/sign-in");
  await screens(first);
  await keeping(first);
  await again();
  const packages = await server("packages");
  ok(
    packages.length > 5 && packages.length <= PACKAGES,
    `at most ${PACKAGES} packages are shipped`,
  );
  note(packages.join(" "));
});
