// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that nothing flashes: puts theme, language
// and density, as stored on this device, on the root element. The page itself
// (src/lib/prefs.ts) reads and writes the same key.
(() => {
  const root = document.documentElement;
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem("mdash.prefs") || "{}") || {};
  } catch {
    // Storage is closed or holds something else: the defaults are right.
  }
  if (stored.theme === "light" || stored.theme === "dark") root.dataset.theme = stored.theme;
  const language = stored.language || navigator.language || "en";
  root.lang = String(language).toLowerCase().startsWith("ja") ? "ja" : "en";
  if (stored.density === "compact") root.dataset.density = "compact";
  root.dataset.boot = location.pathname.startsWith("/sign-in") ? "plain" : "shell";
})();
