// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test } from "vitest";
import { act, renderHook } from "@/testing/render";
import { readPrefs, setPrefs, usePrefs } from "./prefs";

afterEach(() => {
  setPrefs({ theme: "system", language: "en", density: "comfortable" });
  localStorage.clear();
});

describe("readPrefs", () => {
  test("follows the browser until somebody chooses", () => {
    expect(readPrefs(undefined, "ja-JP")).toEqual({
      theme: "system",
      language: "ja",
      density: "comfortable",
    });
    expect(readPrefs({}, "de").language).toBe("en");
  });

  test("takes what was chosen", () => {
    const chosen = { theme: "dark", language: "en", density: "compact" };
    expect(readPrefs(chosen, "ja")).toEqual(chosen);
  });

  test.each([null, 7, "dark", [], { theme: 3, language: {}, density: true }])(
    "%j in storage is as nothing",
    (stored) => expect(readPrefs(stored, "en")).toEqual(readPrefs(undefined, "en")),
  );
});

describe("setPrefs", () => {
  const root = document.documentElement;

  test("shows the choice, keeps it and tells who asked", () => {
    const { result } = renderHook(() => usePrefs());
    act(() => setPrefs({ theme: "dark", language: "ja", density: "compact" }));
    expect(result.current).toEqual({ theme: "dark", language: "ja", density: "compact" });
    expect([root.dataset.theme, root.lang, root.dataset.density]).toEqual([
      "dark",
      "ja",
      "compact",
    ]);
    expect(JSON.parse(localStorage.getItem("mdash.prefs") ?? "")).toEqual(result.current);
  });

  test("takes the marks away for what is usual", () => {
    setPrefs({ theme: "light", density: "compact" });
    setPrefs({ theme: "system", density: "comfortable" });
    expect(root.hasAttribute("data-theme")).toBe(false);
    expect(root.hasAttribute("data-density")).toBe(false);
  });

  test("follows another tab", () => {
    const { result } = renderHook(() => usePrefs());
    localStorage.setItem("mdash.prefs", JSON.stringify({ theme: "dark" }));
    act(() => {
      dispatchEvent(new StorageEvent("storage", { key: "mdash.prefs" }));
    });
    expect(result.current.theme).toBe("dark");
    expect(root.dataset.theme).toBe("dark");
  });
});
