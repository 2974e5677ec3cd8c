// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { blockingScript } from "./scripts/blocking-script.mjs";
import { layerOrder } from "./scripts/layer-order.mjs";

export default defineConfig({
  plugins: [
    react(),
    blockingScript("src/boot/theme.js"),
    layerOrder("tokens", "base", "ui", "screen"),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    manifest: true,
    // Every asset is a file of its own: the CSP allows no inline style, and
    // data: only for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Libraries in one file: it stays in caches when only the page changes.
        // Icons go with the screens that draw them.
        codeSplitting: { groups: [{ name: "vendor", test: /node_modules\/(?!lucide)/ }] },
      },
    },
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8080",
      "/auth": "http://127.0.0.1:8080",
      "/events": "http://127.0.0.1:8080",
      "/schemas": "http://127.0.0.1:8080",
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    // One jsdom for all files of a worker: making it takes longer than the tests.
    isolate: false,
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
