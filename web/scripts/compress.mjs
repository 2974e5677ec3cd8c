// SPDX-License-Identifier: Apache-2.0
// Writes a .gz beside every text file of dist, for nginx's gzip_static.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const LEAST = 512;

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !/\.(?:html|js|css|svg|json)$/.test(entry.name)) {
    continue;
  }
  const bytes = readFileSync(path);
  if (bytes.length >= LEAST) {
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}
