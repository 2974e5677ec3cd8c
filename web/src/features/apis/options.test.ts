// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import {
  behavioursOf,
  bindingsOf,
  importKind,
  optionsOfFile,
  optionText,
  otherOptions,
  resourceOf,
} from "./options";

describe("google.api.http", () => {
  test("with its other ways", () => {
    const http = {
      post: "/v1/charges",
      body: "*",
      additional_bindings: [
        { get: "/v1/charges/{id}" },
        { custom: { kind: "HEAD", path: "/v1/x" } },
        { nonsense: 1 },
      ],
    };
    expect(bindingsOf({ "google.api.http": http })).toEqual([
      { verb: "POST", path: "/v1/charges", body: "*" },
      { verb: "GET", path: "/v1/charges/{id}", body: undefined },
      { verb: "HEAD", path: "/v1/x", body: undefined },
    ]);
  });

  test.each([undefined, {}, { "google.api.http": "text" }, { "google.api.http": { raw: "AA==" } }])(
    "%j says nothing",
    (options) => expect(bindingsOf(options)).toEqual([]),
  );
});

test("behaviours are words", () => {
  expect(behavioursOf({ "google.api.field_behavior": ["REQUIRED", 7] })).toEqual(["REQUIRED"]);
  expect(behavioursOf({ "google.api.field_behavior": { raw: "AA==" } })).toEqual([]);
});

test("a resource has a type and patterns", () => {
  const resource = { type: "acme.example/Charge", pattern: ["charges/{charge}"] };
  expect(resourceOf({ "google.api.resource": resource })).toEqual({
    type: "acme.example/Charge",
    patterns: ["charges/{charge}"],
  });
  expect(resourceOf({ "google.api.resource": [] })).toBeUndefined();
});

test("what has a form of its own is not shown twice", () => {
  const options = { "google.api.http": {}, "acme.owner": "payments", "[5001]": { raw: "AA==" } };
  expect(otherOptions(options)).toEqual([
    { name: "acme.owner", text: "payments" },
    { name: "[5001]", text: '{"raw":"AA=="}' },
  ]);
});

test("a file has options of protobuf itself and others, or nothing is known", () => {
  const document = {
    standard: { java_package: "example.acme", deprecated: true },
    options: { "acme.owner": "payments" },
    publicImports: ["a.proto"],
    weakImports: ["b.proto"],
  };
  expect(optionsOfFile(document)).toEqual([
    { name: "java_package", text: "example.acme" },
    { name: "deprecated", text: "true" },
    { name: "acme.owner", text: "payments" },
  ]);
  expect(optionsOfFile(null)).toEqual([]);
  const kinds = ["a.proto", "b.proto", "c.proto"].map((path) => importKind({ document }, path));
  expect(kinds).toEqual(["public", "weak", undefined]);
  expect(importKind({ document: null }, "a.proto")).toBeUndefined();
});

test("a long value takes lines", () => {
  expect(optionText({ a: 1 })).toBe('{"a":1}');
  expect(optionText({ a: "x".repeat(80) })).toContain("\n");
});
