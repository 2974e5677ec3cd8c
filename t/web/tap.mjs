// SPDX-License-Identifier: Apache-2.0
// Checks that speak TAP. Those about a page wait until what they say is so:
// nothing in a browser happens at once.
import { isDeepStrictEqual } from "node:util";

/** Where a screen takes one second, a machine with much to do took more than ten. */
export const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

let count = 0;
let failed = 0;
const say = (text) => process.stdout.write(`${text}\n`);
const told = (text) => String(text).replace(/^/gm, "# ");

export function ok(good, name, ...details) {
  count += 1;
  failed += good ? 0 : 1;
  say(`${good ? "ok" : "not ok"} ${count} - ${name.replaceAll("#", "\\#")}`);
  if (!good) {
    say(told([`failed: ${name}`, ...details].join("\n")));
  }
  return Boolean(good);
}

export const note = (text) => say(told(text));

export function is(got, want, name) {
  const differ = `got:  ${JSON.stringify(got)}\nwant: ${JSON.stringify(want)}`;
  return ok(isDeepStrictEqual(got, want), name, differ);
}

const fits = (got, want) =>
  want instanceof RegExp
    ? want.test(String(got))
    : typeof want === "function"
      ? want(got)
      : isDeepStrictEqual(got, want);

/** Reads until the value is the wanted one (a value, an expression or a test). */
export async function becomes(read, want, name, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  let got;
  for (;;) {
    try {
      got = await read();
    } catch (error) {
      got = `(${error.message.split("\n")[0]})`;
    }
    if (fits(got, want)) {
      return ok(true, name);
    }
    if (Date.now() > end) {
      const shown =
        typeof want === "function" || want instanceof RegExp ? String(want) : JSON.stringify(want);
      return ok(false, name, `got:  ${JSON.stringify(got)}`, `want: ${shown}`);
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

async function reaches(locator, state, name) {
  try {
    await locator.first().waitFor({ state, timeout: PATIENCE_MS });
    return ok(true, name);
  } catch (error) {
    return ok(false, name, error.message.split("\n")[0], String(locator));
  }
}

/** It is there to be seen, or comes. */
export const sees = (locator, name) => reaches(locator, "visible", name);

/** It is not there, or goes. */
export const misses = (locator, name) => reaches(locator, "hidden", name);

/** Says how many checks there were; the exit status. */
export function done() {
  say(`1..${count}`);
  return failed > 0 || count === 0 ? 1 : 0;
}
