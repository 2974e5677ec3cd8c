// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { lastOf, meantBy, parentOf, relativeTo, syntaxName, topOf } from "./names";

test("parts of a name", () => {
  expect(lastOf("a.b.C")).toBe("C");
  expect(lastOf("C")).toBe("C");
  expect(parentOf("a.b.C")).toBe("a.b");
  expect(parentOf("C")).toBe("");
});

test.each([
  ["a.b.C", "a.b", "C"],
  ["a.b.C.D", "a.b", "C.D"],
  ["a.bc.C", "a.b", "a.bc.C"],
  ["C", "", "C"],
])("%s in %j reads %s", (name, scope, text) => expect(relativeTo(name, scope)).toBe(text));

test.each([
  ["a.b.C", "a.b", "a.b.C"],
  ["a.b.C.D.e", "a.b", "a.b.C"],
  ["C.D", "", "C"],
])("%s of %j is in %s", (name, scope, top) => expect(topOf(name, scope)).toBe(top));

const packages = new Set(["acme.payment.v1", "google.protobuf"]);

test.each([
  ["acme.payment.v1.Charge", "acme.payment.v1.Charge"],
  ["acme.payment.v1.Charge.amount", "acme.payment.v1.Charge.amount"],
  ["google.protobuf.Any", "google.protobuf.Any"],
  ["Charge", "acme.payment.v1.Charge"],
  ["Charge.amount", "acme.payment.v1.Charge.amount"],
  ["other.v1.Charge", undefined],
  ["example.com", undefined],
  ["amount", undefined],
  ["https://x.example", undefined],
  ["../../etc", undefined],
  ["acme.payment.v1.<b>", undefined],
  [`A${"a".repeat(600)}`, undefined],
])("%s means %s", (name, meant) => expect(meantBy(name, "acme.payment.v1", packages)).toBe(meant));

test.each([
  ["proto2", "proto2"],
  ["proto3", "proto3"],
  ["2023", "edition 2023"],
])("the syntax %s is shown as %s", (syntax, text) => expect(syntaxName(syntax)).toBe(text));
