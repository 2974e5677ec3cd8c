// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ApiFieldDocument } from "@/api/generated";
import { exampleOf, type Types } from "./example";

const field = (name: string, more: Partial<ApiFieldDocument>): ApiFieldDocument => ({
  name,
  type: "string",
  number: 1,
  ...more,
});
const message = (...fields: ApiFieldDocument[]) => ({ name: "M", oneofs: [], fields });
const types = (fields: ApiFieldDocument[], more: Types = {}): Types => ({
  "a.M": message(...fields),
  ...more,
});
const of = (fields: ApiFieldDocument[], more?: Types, request = true) =>
  exampleOf("a.M", types(fields, more), request);

test.each([
  ["string", "string"],
  ["bool", true],
  ["int32", 1],
  ["fixed32", 1],
  ["int64", "1"],
  ["uint64", "1"],
  ["sfixed64", "1"],
  ["double", 1.5],
  ["bytes", "Ynl0ZXM="],
])("a field of type %s is %j", (type, value) =>
  expect(of([field("x", { type })])).toEqual({ x: value }),
);

test("fields have their JSON names", () => {
  expect(of([field("order_id", { jsonName: "orderId" })])).toEqual({ orderId: "string" });
  expect(of([field("x", { jsonName: "__proto__" })])).toEqual(
    JSON.parse('{"__proto__": "string"}'),
  );
});

describe("well-known types have the form that ProtoJSON gives them", () => {
  test.each([
    ["Timestamp", "2026-01-31T09:30:00Z"],
    ["Duration", "1.500s"],
    ["FieldMask", "name,displayName"],
    ["Struct", { key: "value" }],
    ["ListValue", ["value"]],
    ["Int64Value", "1"],
    ["BoolValue", true],
    ["Empty", {}],
  ])("%s", (name, value) => {
    const typeName = `google.protobuf.${name}`;
    expect(of([field("x", { type: "message", typeName })])).toEqual({ x: value });
    expect(of([field("x", { type: "message", typeName, repeated: true })])).toEqual({ x: [value] });
  });

  test("Any names its type", () => {
    const any = of([field("x", { type: "message", typeName: "google.protobuf.Any" })]);
    expect(any).toHaveProperty(["x", "@type"]);
  });

  test("NullValue is null", () => {
    expect(of([field("x", { type: "enum", typeName: "google.protobuf.NullValue" })])).toEqual({
      x: null,
    });
  });
});

test("an enum is its first value that says something", () => {
  const values = [
    { name: "STATE_UNSPECIFIED", number: 0 },
    { name: "OPEN", number: 1 },
  ];
  const x = field("x", { type: "enum", typeName: "a.State" });
  expect(of([x], { "a.State": { name: "State", values } })).toEqual({ x: "OPEN" });
  expect(of([x], { "a.State": { name: "State", values: values.slice(0, 1) } })).toEqual({
    x: "STATE_UNSPECIFIED",
  });
  expect(of([x])).toEqual({ x: 0 });
});

test("maps have one entry, keyed as their type is", () => {
  const map = (key: string, type: string, typeName?: string) =>
    field("x", {
      type: "map",
      key: { type: key },
      value: { type, ...(typeName ? { typeName } : {}) },
    });
  expect(of([map("string", "int64")])).toEqual({ x: { key: "1" } });
  expect(of([map("int32", "bool")])).toEqual({ x: { "1": true } });
  expect(of([map("bool", "message", "a.N")], { "a.N": message(field("y", {})) })).toEqual({
    x: { true: { y: "string" } },
  });
});

test("of a oneof there is one", () => {
  const pay = { oneof: "pay" };
  expect(of([field("card", pay), field("bank", pay), field("note", {})])).toEqual({
    card: "string",
    note: "string",
  });
});

test("a message that contains itself ends", () => {
  const typeName = "a.M";
  const self = (name: string, more: Partial<ApiFieldDocument>) => field(name, { ...more });
  expect(
    of([
      self("one", { type: "message", typeName }),
      self("many", { type: "message", typeName, repeated: true }),
      self("by_key", {
        type: "map",
        key: { type: "string" },
        value: { type: "message", typeName },
      }),
      self("name", {}),
    ]),
  ).toEqual({ many: [], by_key: {}, name: "string" });
});

test("types that lead to each other end, however wide they are", () => {
  const wide = (to: string) =>
    message(
      ...Array.from({ length: 40 }, (_, i) =>
        field(`f${i}`, { type: "message", typeName: `a.${to}${i % 3}` }),
      ),
    );
  const many: Record<string, ReturnType<typeof message>> = {};
  for (const letter of "BCDEFGH") {
    for (const i of [0, 1, 2]) {
      many[`a.${letter}${i}`] = wide(String.fromCharCode(letter.charCodeAt(0) + 1));
    }
  }
  const text = JSON.stringify(exampleOf("a.B0", many, true));
  expect(text.length).toBeLessThan(5_000);
});

test("a type that did not come along is an empty message", () => {
  expect(of([field("x", { type: "message", typeName: "a.Far" })])).toEqual({ x: {} });
  expect(of([field("x", { type: "message", typeName: "toString" })])).toEqual({ x: {} });
});

test("each side has what it sets", () => {
  const behaviour = (value: string) => ({ options: { "google.api.field_behavior": [value] } });
  const fields = [
    field("name", behaviour("REQUIRED")),
    field("etag", behaviour("OUTPUT_ONLY")),
    field("secret", behaviour("INPUT_ONLY")),
    field("old", { deprecated: true }),
  ];
  expect(of(fields, {}, true)).toEqual({ name: "string", secret: "string" });
  expect(of(fields, {}, false)).toEqual({ name: "string", etag: "string" });
});
