// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import { lazyTexts, loadAsked, withTexts } from "./texts";

const two = () => ({ en: vi.fn(async () => "word"), ja: vi.fn(async () => "語") });

test("texts are loaded once, and only in the language that is asked for", async () => {
  const files = two();
  const texts = lazyTexts<string>(files);
  expect(texts.have("en")).toBeUndefined();
  await Promise.all([texts.load("en"), texts.load("en")]);
  expect(texts.have("en")).toBe("word");
  expect(files.en).toHaveBeenCalledOnce();
  expect(files.ja).not.toHaveBeenCalled();
});

test("another language brings the texts that screens have asked for, and no others", async () => {
  const [used, unused] = [two(), two()];
  const texts = lazyTexts<string>(used);
  lazyTexts<string>(unused);
  await texts.load("en");
  await loadAsked("ja");
  expect(texts.have("ja")).toBe("語");
  expect(unused.ja).not.toHaveBeenCalled();
});

test("a load that fails is tried again", async () => {
  const files = two();
  files.en.mockRejectedValueOnce(new Error("no connection"));
  const texts = lazyTexts<string>(files);
  await expect(texts.load("en")).rejects.toThrow("no connection");
  expect(await texts.load("en")).toBe("word");
});

test("a screen is there together with its texts", async () => {
  const texts = lazyTexts<string>(two());
  expect(await withTexts(texts, async () => "screen")()).toBe("screen");
  expect(texts.have("en") ?? texts.have("ja")).toBeDefined();
});
