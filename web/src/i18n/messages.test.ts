// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { en } from "./en";
import { ja } from "./ja";

/** The page's texts, and those that features bring with their screens. */
const features = (pick: Record<string, Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(pick).map(([path, file]) => [path.split("/")[2], file]));
const all = {
  en: { page: en, ...features(import.meta.glob("../features/*/messages/en.ts", { eager: true })) },
  ja: { page: ja, ...features(import.meta.glob("../features/*/messages/ja.ts", { eager: true })) },
};
const sections = (texts: Record<string, Record<string, unknown>>) =>
  Object.entries(texts).flatMap(([key, file]) =>
    Object.keys(key === "page" ? file : Object.assign({}, ...Object.values(file))),
  );

type Leaf = [path: string, value: unknown];

function leaves(value: unknown, path = ""): Leaf[] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key))
    : [[path, value]];
}

const catalogues = { en: new Map(leaves(all.en)), ja: new Map(leaves(all.ja)) };
const paths = [...catalogues.ja.keys()];

/** A call with recognizable arguments, all of which a text should use. */
function called(message: (...args: (string | number)[]) => string) {
  const args = Array.from({ length: message.length }, (_, i) => 41 + i);
  return { text: message(...args), args };
}

const alike = (path: string) => path.replace(/^(\w+\.)(en|ja)\./, "$1");

test("both languages have the same messages", () => {
  expect(paths.length).toBeGreaterThan(400);
  expect([...catalogues.en.keys()].map(alike).sort()).toEqual(paths.map(alike).sort());
});

test("no feature takes a name of the page or of another one", () => {
  const names = sections(all.ja);
  expect(names).toEqual([...new Set(names)]);
});

describe.each(["en", "ja"] as const)("%s", (language) => {
  test("leaves no message empty", () => {
    for (const [path, value] of catalogues[language]) {
      const text = typeof value === "function" ? called(value as () => string).text : value;
      expect(text, path).toMatch(/\S/);
    }
  });

  test("uses everything that a message is told", () => {
    for (const [path, value] of catalogues[language]) {
      if (typeof value === "function") {
        const { text, args } = called(value as () => string);
        for (const arg of args) {
          expect(text, path).toContain(String(arg));
        }
      }
    }
  });
});

test("one thing is not several in English", () => {
  expect(en.services.count(1)).toBe("1 service");
  expect(en.services.count(5000)).toBe("5,000 services");
});
