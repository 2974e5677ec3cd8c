// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { safeReturn, safeUrl } from "./links";

describe("safeUrl", () => {
  test.each([
    "https://wiki.example/payment",
    "http://wiki.example/",
    "mailto:payment@acme.example",
  ])("%s is followed", (url) => expect(safeUrl(url)).toBe(url));

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://wiki.example/1",
    "//wiki.example/",
    "/payment",
    "wiki",
    "",
  ])("%j is not", (url) => expect(safeUrl(url)).toBeUndefined());
});

describe("safeReturn", () => {
  test.each(["/services", "/services/acme-payment?at=2026-11-20T05:00:00Z#x", "/", "/チーム"])(
    "%s is gone back to",
    (path) => expect(safeReturn(path)).toBe(path),
  );

  test.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/x\\..\\evil",
    "https://evil.example",
    "javascript:alert(1)",
    "/a\r\nSet-Cookie: x",
    "/a\u0000",
    "services",
    "",
    "/sign-in",
    "/sign-in?returnTo=/sign-in",
    `/${"a".repeat(1024)}`,
    undefined,
    ["/services"],
  ])("%j leads to the start instead", (path) => expect(safeReturn(path)).toBe("/"));
});
