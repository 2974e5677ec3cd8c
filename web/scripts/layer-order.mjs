// SPDX-License-Identifier: Apache-2.0

/**
 * Says in every style sheet in which order the layers count. Whichever part
 * of the page comes first would decide it otherwise.
 */
export function layerOrder(...layers) {
  const statement = `@layer ${layers.join(", ")};\n`;
  return {
    name: "mdash:layer-order",
    enforce: "pre",
    transform(code, id) {
      return id.endsWith(".css") ? { code: statement + code, map: null } : undefined;
    },
  };
}
