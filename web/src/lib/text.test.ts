// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { fold, langOf, matches } from "./text";

describe("fold", () => {
  test.each([
    ["ケッサイ", "けっさい"],
    ["ｹｯｻｲ", "けっさい"],
    ["Ｐａｙ", "pay"],
    ["ヴァリュー", "ゔぁりゅー"],
    ["決済ＡＰＩ", "決済api"],
    ["㍿", "株式会社"],
  ])("%s is compared as %s", (given, folded) => expect(fold(given)).toBe(folded));

  test("folding twice changes nothing", () => {
    const once = fold("ﾊﾟﾌｪ Ｃａｆé ヶ");
    expect(fold(once)).toBe(once);
  });
});

describe("matches", () => {
  test.each([
    ["クーポンストア", "くーぽん", true],
    ["acme-payment wallet", "wallet pay", true],
    ["acme-payment", "pay wallet", false],
    ["acme-payment", "", true],
    ["決済サービス", "決済　さーびす", true],
  ])("%s is found by %j: %s", (text, query, found) => expect(matches(text, query)).toBe(found));
});

describe("langOf", () => {
  test.each([
    ["決済サービス", "en", "ja"],
    ["決済サービス", "ja", undefined],
    ["Charges a wallet", "ja", "en"],
    ["Charges a wallet", "en", undefined],
    ["acme-payment", "ja", undefined],
    ["ｸｰﾎﾟﾝ", "en", "ja"],
  ] as const)("%s on a page in %s is marked %s", (text, page, lang) =>
    expect(langOf(text, page)).toBe(lang),
  );
});
