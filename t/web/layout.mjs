// SPDX-License-Identifier: Apache-2.0
// What is wrong with the layout of a page, whatever its fonts look like.

/**
 * In the page: the whole is wider than the window or goes on below it, a dialog
 * leaves it, or a text is cut off without an ellipsis. Each as one line.
 */
function flaws() {
  const found = [];
  const name = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const wide = (each) => each.scrollWidth > each.clientWidth + 1;
  for (const each of [document.scrollingElement, ...document.querySelectorAll("main")]) {
    if (wide(each)) {
      found.push(
        `wider than the window by ${each.scrollWidth - each.clientWidth}: ${each.tagName}`,
      );
    }
  }
  // Where a part of the page scrolls, the page does not: beyond its end there is nothing.
  const { scrollHeight, clientHeight } = document.scrollingElement;
  const inner = [...document.querySelectorAll("main")].some(
    (each) => getComputedStyle(each).overflowY === "auto",
  );
  if (inner && scrollHeight > clientHeight + 1) {
    found.push(`longer than the window by ${scrollHeight - clientHeight}`);
  }
  // In a narrow window a table may scroll in its frame.
  for (const each of document.querySelectorAll("table, [role=table]")) {
    if (innerWidth >= 1200 && wide(each.parentElement)) {
      found.push(`table wider than its frame: ${name(each)}`);
    }
  }
  for (const each of document.querySelectorAll("dialog[open], :popover-open")) {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) {
      found.push(`out of the window: ${name(each)}`);
    }
  }
  const ownText = (each) =>
    [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const each of document.querySelectorAll("body *")) {
    const style = getComputedStyle(each);
    const unseen = each.closest(".visually-hidden, noscript, svg, option, select");
    if (unseen || style.display === "inline" || !ownText(each) || !each.checkVisibility()) {
      continue;
    }
    const scrolls = [style.overflowX, style.overflowY].some((way) => /auto|scroll/.test(way));
    const cut = wide(each) && style.textOverflow !== "ellipsis";
    const low =
      each.scrollHeight > each.clientHeight + 2 &&
      style.overflowY !== "visible" &&
      style.webkitLineClamp === "none" &&
      style.textOverflow !== "ellipsis";
    if (!scrolls && (cut || low)) {
      found.push(`text is cut ${cut ? "at its end" : "below"}: ${name(each)}`);
    }
  }
  return found;
}

const PATIENCE_MS = 2_000;

/** Tables choose their columns a moment after the window has another size. */
export async function layoutFlaws(page) {
  const end = Date.now() + PATIENCE_MS;
  let found = await page.evaluate(flaws);
  while (found.length > 0 && Date.now() < end) {
    found = await page.evaluate(flaws);
  }
  return found;
}
