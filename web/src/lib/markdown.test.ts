// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { type Block, LONGEST, parseInline, parseMarkdown, summaryOf } from "./markdown";

const text = (plain: string) => ({ kind: "text", text: plain });
const kinds = (comment: string) => parseMarkdown(comment).map((block) => block.kind);

describe("inline", () => {
  test.each([
    ["plain", [text("plain")]],
    ["a `b` c", [text("a "), { kind: "code", text: "b" }, text(" c")]],
    ["**b**", [{ kind: "strong", children: [text("b")] }]],
    [
      "*b* _c_",
      [
        { kind: "emphasis", children: [text("b")] },
        text(" "),
        { kind: "emphasis", children: [text("c")] },
      ],
    ],
    ["snake_case_name and 2*3*4", [text("snake_case_name and 2*3*4")]],
    ["[Foo][acme.v1.Foo]", [{ kind: "symbol", name: "acme.v1.Foo", children: [text("Foo")] }]],
    ["[acme.v1.Foo][]", [{ kind: "symbol", name: "acme.v1.Foo", children: [text("acme.v1.Foo")] }]],
    [
      "[docs](https://x.example/a)",
      [{ kind: "link", href: "https://x.example/a", children: [text("docs")] }],
    ],
    [
      "[docs]\n(https://x.example/a)",
      [{ kind: "link", href: "https://x.example/a", children: [text("docs")] }],
    ],
    ["[Foo]\n[acme.v1.Foo]", [{ kind: "symbol", name: "acme.v1.Foo", children: [text("Foo")] }]],
    [
      "see https://x.example/a.",
      [
        text("see "),
        { kind: "link", href: "https://x.example/a", children: [text("https://x.example/a")] },
        text("."),
      ],
    ],
  ])("%s", (comment, parts) => expect(parseInline(comment as string)).toEqual(parts));
});

test("there is no link inside a link", () => {
  const [link] = parseInline("[https://a.example](https://b.example)");
  expect(link).toMatchObject({ href: "https://b.example", children: [text("https://a.example")] });
});

describe("hostile text stays a text", () => {
  test.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "&lt;b&gt;",
  ])("%s", (comment) => {
    expect(parseInline(comment)).toEqual([text(comment)]);
  });

  test("every link that is found is one of http", () => {
    const hrefs: string[] = [];
    const walk = (value: unknown) => {
      if (typeof value === "object" && value !== null) {
        if ("href" in value) hrefs.push(String(value.href));
        Object.values(value).forEach(walk);
      }
    };
    walk(
      parseMarkdown('[a](https://a.example"onclick=x) [b](http://b.example) <https://c.example>'),
    );
    expect(hrefs.length).toBe(3);
    expect(hrefs.every((href) => /^https?:\/\//.test(href))).toBe(true);
  });

  test.each([
    ["[".repeat(20_000)],
    ["*a ".repeat(10_000)],
    ["_a ".repeat(10_000)],
    ["`".repeat(20_000)],
    ["[a](https://".repeat(3_000)],
    ["[a][".repeat(8_000)],
    ["**".repeat(10_000)],
    ["> ".repeat(10_000)],
    ["- a\n".repeat(10_000)],
  ])("and takes no time (%#)", (comment) => {
    const begun = performance.now();
    parseMarkdown(comment);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test("what is endless is cut", () => {
    const block = parseMarkdown("a".repeat(LONGEST * 2))[0] as Extract<
      Block,
      { children: unknown }
    >;
    expect(JSON.stringify(block).length).toBeLessThan(LONGEST + 100);
  });
});

describe("blocks", () => {
  test("the blank after // is no indentation", () => {
    expect(kinds(" One.\n\n Two,\n still two.\n")).toEqual(["paragraph", "paragraph"]);
    expect(kinds(" Text:\n\n     code()\n")).toEqual(["paragraph", "code"]);
  });

  test.each([
    ["# Title\ntext", ["heading", "paragraph"]],
    ["text\n- a\n  goes on\n- b\n\nend", ["paragraph", "list", "paragraph"]],
    ["1. a\n2. b", ["list"]],
    ["```\n<b>\n```\nend", ["code", "paragraph"]],
    ["```\nnever closed", ["code"]],
    ["> said\n> so", ["quote"]],
  ])("%j", (comment, found) => expect(kinds(comment)).toEqual(found));

  test("items hold the lines that go on with them", () => {
    expect(parseMarkdown("- a\n  b\n- c")).toEqual([
      { kind: "list", ordered: false, items: [[text("a\nb")], [text("c")]] },
    ]);
  });
});

test.each([
  [" Charges a [Wallet][acme.Wallet].\n Once.\n\n More.", "Charges a Wallet. Once."],
  ["# Title\n\nText", "Text"],
  ["", ""],
  [null, ""],
])("the summary of %j", (comment, summary) => expect(summaryOf(comment)).toBe(summary));

test("the blanks of a text that is no comment are its own", () => {
  const text = "```\na:\n  b: 1\n```";
  expect(parseMarkdown(text, false)).toEqual([{ kind: "code", text: "a:\n  b: 1" }]);
});
