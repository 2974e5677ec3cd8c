// SPDX-License-Identifier: Apache-2.0
// What a first visit to the service list loads, gzip, against its budget: the
// entry of the manifest with everything it imports statically, its CSS, and
// the larger one of the languages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = { js: 150_000, css: 12_000, packages: 35 };
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const lock = JSON.parse(
  readFileSync(fileURLToPath(new URL("../package-lock.json", import.meta.url)), "utf8"),
);

const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

function closure(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const next of manifest[key].imports ?? []) {
      closure(next, seen);
    }
  }
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const loaded = [...closure(entry)].map((key) => manifest[key]);
const js = new Set(loaded.map((chunk) => chunk.file));
const css = new Set(loaded.flatMap((chunk) => chunk.css ?? []));
const all = readdirSync(join(dist, "assets"));
const languages = ["src/i18n/en.ts", "src/i18n/ja.ts"].map((key) => size(manifest[key].file));
const total = {
  js: [...js].reduce((sum, file) => sum + size(file), Math.max(...languages)),
  css: [...css].reduce((sum, file) => sum + size(file), 0),
  packages: Object.entries(lock.packages).filter(([path, p]) => path && !p.dev).length,
};

console.log(
  `first load: ${total.js} bytes of JS (${js.size + 1} files), ${total.css} of CSS, gzip; ` +
    `${all.filter((f) => f.endsWith(".js")).length} JS files in all; ` +
    `${total.packages} runtime packages`,
);
const over = Object.keys(BUDGET).filter((what) => total[what] > BUDGET[what]);
for (const what of over) {
  console.error(`${what}: ${total[what]} is over the budget of ${BUDGET[what]}`);
}
process.exit(over.length > 0 ? 1 : 0);
