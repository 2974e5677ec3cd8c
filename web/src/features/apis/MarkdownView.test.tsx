// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { renderPage } from "@/testing/render";
import { Markdown } from "./MarkdownView";
import { PlaceContext } from "./place";

const place = {
  repository: "acme-protos",
  revision: 7,
  packages: new Set(["acme.payment.v1", "acme.order.v1"]),
};

async function show(text: string) {
  const { container } = await renderPage(
    <PlaceContext value={place}>
      <Markdown text={text} scope="acme.payment.v1" />
    </PlaceContext>,
  );
  return container;
}
const links = (within: HTMLElement) =>
  [...within.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]);

test("names of this repository become links in the revision that is shown", async () => {
  const page = await show(
    "See [Charge][acme.payment.v1.Charge], [acme.order.v1.Order][], [Card][] and `acme.order.v1.Line`.",
  );
  expect(links(page)).toEqual([
    ["Charge", "/apis/acme-protos/acme.payment.v1.Charge?revision=7"],
    ["acme.order.v1.Order", "/apis/acme-protos/acme.order.v1.Order?revision=7"],
    ["Card", "/apis/acme-protos/acme.payment.v1.Card?revision=7"],
    ["acme.order.v1.Line", "/apis/acme-protos/acme.order.v1.Line?revision=7"],
  ]);
});

test("other names stay texts", async () => {
  const page = await show("[Foo][other.v1.Foo], `example.com`, `PENDING` and [x][../../y]");
  expect(links(page)).toEqual([]);
  expect(page.textContent).toBe("Foo, example.com, PENDING and x");
});

test("links lead out with rel, and only by http", async () => {
  const page = await show("[a](https://a.example/) [b](javascript:alert(1)) [c](data:text/html,x)");
  const [only, ...others] = page.querySelectorAll("a");
  expect(others).toEqual([]);
  expect(only?.getAttribute("rel")).toBe("noreferrer noopener");
  expect(page.textContent).toContain("[b](javascript:alert(1))");
});

test.each([
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "<a href='javascript:alert(1)'>x</a>",
  "```\n</pre><script>alert(1)</script>\n```",
  '`<b>x</b>` **<i>y</i>** [<u>z</u>](https://a.example/"><script>)',
  "- <svg/onload=alert(1)>\n# <style>*{display:none}</style>",
])("markup is shown as it was written: %s", async (text) => {
  const page = await show(text);
  expect(page.querySelector("script, img, b, i, u, style, svg:not([aria-hidden])")).toBeNull();
  for (const tag of text.match(/<[a-z]+/g) ?? []) {
    expect(page.textContent).toContain(tag);
  }
});
