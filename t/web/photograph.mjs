// SPDX-License-Identifier: Apache-2.0
// Every state that the gallery shows: photographed in both themes and both
// languages, checked by axe, and measured in three widths of the window.
import { prefer, violations } from "./accessible.mjs";
import { is, ok, open, origin, pictures } from "./browser.mjs";
import { layoutFlaws } from "./layout.mjs";

const GROUPS = {
  parts: /^(ui-|crash)/,
  services: /^services-/,
  service: /^service-/,
  tabs: /^(spec|activity)-/,
  teams: /^teams?-/,
  dependencies: /^dependencies-/,
  publishes: /^(publishes|failure)-/,
  settings: /^(tokens?|webhooks?|preferences)-/,
  jobs: /^jobs-/,
  todos: /^todos?-/,
  campaigns: /^campaigns?-/,
  apis: /^(apis|api)-(?!diff|file|rev|symbol|policy|waive)/,
  api_policy: /^api-(policy|waive)/,
  api_parts: /^(api-(diff|file|rev|symbol)|grpc-)/,
};
/** The first look in each language is also checked. */
const LOOKS = [
  { language: "en", theme: "light", check: true },
  { language: "en", theme: "dark" },
  { language: "ja", theme: "dark", check: true },
  { language: "ja", theme: "light" },
];
const NARROW = [320, 900];
const HEIGHT = 800;
const FULL = 1280;
/** An empty window of that size is a picture of less than 5 kB. */
const BLANK_BYTES = 6_000;
/** So many states are looked at beside each other: each rests for a while. */
const PAGES = 2;

/** Names of what there is, from the gallery's own list. */
async function shows() {
  const page = await open("/gallery");
  const links = page.locator('a[href*="show="]');
  await links.first().waitFor();
  const all = await links.evaluateAll((found) =>
    found.map((each) => new URL(each.href).searchParams.get("show")),
  );
  await page.context().close();
  return all;
}

const groupOf = (show) => Object.keys(GROUPS).find((name) => GROUPS[name].test(show)) ?? "rest";

/** Bytes of a picture; a screen that loads when it is shown comes a moment later. */
async function drawn(page, path) {
  for (let tries = 0; ; tries++) {
    const picture = await page.screenshot({ path });
    if (picture.length >= BLANK_BYTES || tries === 20) {
      return picture.length;
    }
    await page.waitForTimeout(100);
  }
}

async function look(page, show) {
  await page.setViewportSize({ width: FULL, height: HEIGHT });
  await page.goto(`${origin}/gallery?show=${show}`);
  await page.locator('[data-gallery="ready"]').waitFor();
  const found = { blank: [], layout: [], axe: [] };
  for (const { language, theme, check } of LOOKS) {
    const name = `${language}-${theme}`;
    await prefer(page, check ? { language, theme } : { theme });
    // A graph is arranged in a worker, in its own time.
    await page.locator("[data-drawing]").waitFor({ state: "detached" });
    const bytes = await drawn(page, `${pictures}/${show}-${name}.png`);
    if (bytes < BLANK_BYTES) found.blank.push(`${name}: ${bytes} bytes`);
    if (check) {
      found.axe.push(...(await violations(page)).map((text) => `${name}: ${text}`));
      found.layout.push(...(await layoutFlaws(page)).map((text) => `${name}, ${FULL}: ${text}`));
    }
  }
  for (const language of ["ja", "en"]) {
    await prefer(page, { language });
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: HEIGHT });
      const flaws = await layoutFlaws(page);
      found.layout.push(...flaws.map((text) => `${language}, ${width}: ${text}`));
    }
  }
  is(found.blank, [], `${show} is drawn in both themes and languages`);
  is(found.layout, [], "it fits windows of every width, with no text cut off");
  is(found.axe, [], "and axe has no complaint");
}

/** Mistakes that are planted must be found, or nothing above says anything. */
async function planted() {
  const page = await open("/gallery?show=ui-text");
  await page.locator('[data-gallery="ready"]').waitFor();
  await page.evaluate(() => {
    const plant = (text, style) => {
      const each = document.createElement("p");
      each.textContent = text;
      Object.assign(each.style, style);
      document.querySelector("main").append(each);
    };
    plant("cut off at the end of the line", { width: "60px", whiteSpace: "nowrap" });
    plant("one line and another and yet another", {
      width: "80px",
      height: "20px",
      overflow: "hidden",
    });
    plant("broad", { width: "3000px" });
  });
  const found = (await layoutFlaws(page)).map((text) => text.split(/ by |:/)[0]);
  is(
    found,
    ["wider than the window", "text is cut at its end", "text is cut below"],
    "what is planted is found",
  );
  await page.evaluate(() => document.body.replaceChildren());
  ok((await page.screenshot()).length < BLANK_BYTES, "and what is blank is known as such");
  await page.context().close();
}

export async function photograph(group) {
  const mine = (await shows()).filter((show) => groupOf(show) === group);
  ok(mine.length > 0, `the gallery has states of ${group}`);
  const asked = [];
  const one = async () => {
    const page = await open("/gallery", { stored: { language: "en" } });
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (/^\/(api|auth|events)\//.test(pathname)) asked.push(pathname);
    });
    for (let show = mine.shift(); show !== undefined; show = mine.shift()) {
      await look(page, show);
    }
    await page.context().close();
  };
  await Promise.all(Array.from({ length: PAGES }, one));
  is(asked, [], "none of it asks the server for anything");
  await planted();
}
