// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { flag, moment, oneOf, parseSearch, stringifySearch, text, texts, whole } from "./search";

describe("the address", () => {
  test("is read as texts, repeated names as lists", () => {
    expect(parseSearch("?q=pay+me&tag=a&tag=b&tag=c")).toEqual({
      q: "pay me",
      tag: ["a", "b", "c"],
    });
  });

  test("is written without what has no value", () => {
    const search = { q: "決済", tag: ["a", "b"], tier: 2, on: true, off: false, none: undefined };
    expect(stringifySearch(search)).toBe("?q=%E6%B1%BA%E6%B8%88&tag=a&tag=b&tier=2&on=1");
    expect(stringifySearch({ q: "", at: null })).toBe("");
  });

  test("gives back what was written", () => {
    const search = { q: "a&b=c #d", tag: ["x", "y"] };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});

describe("readers", () => {
  test.each([
    ["text", () => text("pay", 10), (value: unknown) => text(value, 10)],
    ["texts", () => texts(["a", "b"], 10, 5), (value: unknown) => texts(value, 10, 5)],
    ["whole", () => whole("12", 1, 20), (value: unknown) => whole(value, 1, 20)],
    ["oneOf", () => oneOf("b", ["a", "b"]), (value: unknown) => oneOf(value, ["a", "b"])],
    ["flag", () => flag("1"), flag],
    ["moment", () => moment("2026-11-20T05:00:00Z"), moment],
  ])("%s takes what it answers: links are read, too", (_name, first, again) => {
    const value = first();
    expect(value).toBeDefined();
    expect(again(value)).toEqual(value);
  });

  test("a text is cut, and the first of several is taken", () => {
    expect(text("abcdef", 3)).toBe("abc");
    expect(text(["first", "second"], 10)).toBe("first");
    expect(text("", 10)).toBeUndefined();
    expect(text({ q: 1 }, 10)).toBeUndefined();
  });

  test("a list has no doubles and an end", () => {
    expect(texts(["a", "a", "b", "c"], 5, 2)).toEqual(["a", "b"]);
    expect(texts("one", 5, 2)).toEqual(["one"]);
    expect(texts([], 5, 2)).toBeUndefined();
  });

  test.each(["0", "21", "-1", "1.5", "1e3", "", "x", "٣", "99999999999999999999"])(
    "%j is no whole number from 1 to 20",
    (value) => expect(whole(value, 1, 20)).toBeUndefined(),
  );

  test.each([0, 21, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "neither is the number %d",
    (value) => expect(whole(value, 1, 20)).toBeUndefined(),
  );

  test.each(["0", "true", "2", "", undefined])("%j is no flag", (value) =>
    expect(flag(value)).toBeUndefined(),
  );

  test.each(["yesterday", "2026-11-20", "2026-13-40T99:99:99Z", "", undefined])(
    "%j is no moment",
    (value) => expect(moment(value)).toBeUndefined(),
  );
});
