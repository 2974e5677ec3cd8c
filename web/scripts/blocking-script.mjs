// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";

/**
 * Emits one classic script under a hashed name and puts it first in the head.
 *
 * The theme must be known before the first paint, so the script may not be a
 * module (those run after parsing), and the CSP forbids it inline. Vite itself
 * bundles module scripts only.
 */
export function blockingScript(path) {
  let fileName = "";
  let serving = false;
  return {
    name: "mdash:blocking-script",
    configResolved({ command }) {
      serving = command === "serve";
    },
    buildStart() {
      // The development server and the tests have no files to emit.
      if (serving) {
        return;
      }
      this.addWatchFile(path);
      const ref = this.emitFile({
        type: "asset",
        name: path.split("/").pop(),
        source: readFileSync(path, "utf8"),
      });
      fileName = ref;
    },
    generateBundle() {
      fileName = this.getFileName(fileName);
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, ctx) {
        const src = ctx.server ? `/${path}` : `/${fileName}`;
        return [{ tag: "script", attrs: { src }, injectTo: "head-prepend" }];
      },
    },
  };
}
