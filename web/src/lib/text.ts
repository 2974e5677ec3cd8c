// SPDX-License-Identifier: Apache-2.0

const KATAKANA = /[\u30a1-\u30f6]/g;

/**
 * The form in which two texts are compared: NFKC, lower case, katakana as
 * hiragana. The server keeps its search index in the same form.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(KATAKANA, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

/** Does the text hold every word of the query, in any order? */
export function matches(text: string, query: string): boolean {
  const within = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => within.includes(word));
}

const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;
const LATIN_PROSE = /[A-Za-z]{2,}\s+[A-Za-z]+/;

/**
 * The language of a text that people wrote, when it is not the page's: Han
 * characters pick their shapes, and a screen reader its voice, by it.
 */
export function langOf(text: string, page: "ja" | "en"): "ja" | "en" | undefined {
  if (JAPANESE.test(text)) {
    return page === "ja" ? undefined : "ja";
  }
  return page === "ja" && LATIN_PROSE.test(text) ? "en" : undefined;
}
