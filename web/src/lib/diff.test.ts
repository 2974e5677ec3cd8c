// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { diffText, type Piece, worthMarking } from "./diff";

const short = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => ({ same: "=", removed: "-", added: "+" })[kind] + text);

const side = (pieces: readonly Piece[], leave: Piece["kind"]) =>
  pieces
    .filter((piece) => piece.kind !== leave)
    .map((piece) => piece.text)
    .join("");

describe("diffText", () => {
  test("tells words apart", () => {
    expect(short(diffText("charges a wallet", "charges a card"))).toEqual([
      "=charges a ",
      "-wallet",
      "+card",
    ]);
  });

  test("tells characters apart where no spaces are between words", () => {
    expect(short(diffText("決済サービス", "送金サービス"))).toEqual([
      "-決済",
      "+送金",
      "=サービス",
    ]);
  });

  test("keeps what both ends share", () => {
    expect(short(diffText("a b c d", "a x c d"))).toEqual(["=a ", "-b", "+x", "= c d"]);
  });

  test("of equal texts is one piece, of empty ones none", () => {
    expect(short(diffText("same", "same"))).toEqual(["=same"]);
    expect(diffText("", "")).toEqual([]);
    expect(short(diffText("", "new"))).toEqual(["+new"]);
  });

  test("never splits a character of two units", () => {
    expect(short(diffText("🍣x", "🍤x"))).toEqual(["-🍣", "+🍤", "=x"]);
  });

  test("gives up on long texts, and soon", () => {
    const words = (seed: string) => Array.from({ length: 4000 }, (_, i) => `${seed}${i}`).join(" ");
    const pieces = diffText(`head ${words("a")} tail`, `head ${words("b")} tail`);
    expect(pieces.map((piece) => piece.kind)).toEqual(["same", "removed", "added", "same"]);
  });

  test("always gives both texts back", () => {
    const texts = ["", "a b", "b a", "払い pay 払い", "x\ny\n z", "pay-pay_pay", "a b c d e f g"];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = diffText(before, after);
        expect(side(pieces, "added")).toBe(before);
        expect(side(pieces, "removed")).toBe(after);
      }
    }
  });
});

test("marks help when half or more is shared", () => {
  expect(worthMarking(diffText("charges a wallet", "charges a card"))).toBe(true);
  expect(worthMarking(diffText("entirely different words", "nothing alike at all"))).toBe(false);
});
