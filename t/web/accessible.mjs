// SPDX-License-Identifier: Apache-2.0
// What axe-core finds against WCAG 2.2 AA.
import { readFileSync } from "node:fs";
import { axeSource } from "./browser.mjs";

const source = `${readFileSync(axeSource, "utf8")}; undefined`;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What the theme has a say in. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const EVERYTHING = { type: "tag", values: TAGS };

/** Each violation as "rule: element (why)"; the page must have come to rest. */
export async function violations(page, rules = EVERYTHING, within = "html") {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(source);
  }
  const find = async ([runOnly, part]) => {
    // What could be loaded before is for rules about media, of which the page has none;
    // it takes as long as half of the rules.
    const options = { runOnly, resultTypes: ["violations"], preload: false };
    const { violations: found } = await window.axe.run(part, options);
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary})`),
    );
  };
  return page.evaluate(find, [rules, within]);
}

/** Changes what a person chose on this device, as another tab of the page would. */
export async function prefer(page, prefs) {
  await page.evaluate((change) => {
    const key = "mdash.prefs";
    const before = JSON.parse(localStorage.getItem(key) ?? "{}");
    localStorage.setItem(key, JSON.stringify({ ...before, ...change }));
    dispatchEvent(new StorageEvent("storage", { key }));
  }, prefs);
  // A theme is another look of the same document; a language is another document.
  await (prefs.language ? settled(page) : faded(page));
}

/** Waits for colours that change by and by. */
const faded = (page) =>
  page.evaluate(async () => {
    const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(moving.map((each) => each.finished));
  });

/** Waits until nothing has changed in the document for a tenth of a second. */
export const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let timer;
        const observer = new MutationObserver(() => wait());
        const wait = () => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            observer.disconnect();
            resolve();
          }, 100);
        };
        observer.observe(document, {
          attributes: true,
          characterData: true,
          childList: true,
          subtree: true,
        });
        wait();
      }),
  );

/** Waits until what a screen asks for has come, and then until it is still. */
export async function arrived(page) {
  await page.locator("main:not(:has([aria-busy=true]))").first().waitFor();
  await settled(page);
}
