// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { ApiFieldDocument, ApiFilePage, ApiFileSymbol, ApiSymbolPage } from "@/api/generated";
import { sourceOf, sourceText } from "./source";
import { usualJsonName } from "./sourceField";
import { undeclared } from "./sourceTypes";

const page = (symbols: ApiFileSymbol[], more: Partial<ApiFilePage> = {}): ApiFilePage => ({
  repository: "acme",
  revision: {} as ApiFilePage["revision"],
  path: "acme/shop.proto",
  package: "acme.shop",
  syntax: "proto3",
  imports: [],
  document: null,
  importedBy: [],
  symbols,
  ...more,
});
const symbol = (
  kind: ApiFileSymbol["kind"],
  fullName: string,
  document: object,
  parent: string | null = null,
) => ({ kind, fullName, parent, document }) as ApiFileSymbol;
const text = (...args: Parameters<typeof page>) => sourceText(sourceOf(page(...args)));
const message = (fields: Partial<ApiFieldDocument>[], more: object = {}) =>
  symbol("message", "acme.shop.Order", {
    name: "Order",
    oneofs: [],
    fields: fields.map((field, i) => ({ name: "x", type: "string", number: i + 1, ...field })),
    ...more,
  });
/** The lines of one message, without what is around them. */
const lines = (one: ApiFileSymbol, syntax = "proto3") =>
  text([one], { syntax, package: "acme.shop" })
    .split("\n")
    .filter((line) => line.startsWith("  "))
    .map((line) => line.trim());

test("a file with a service", () => {
  const method = {
    name: "Get",
    input: "acme.shop.GetRequest",
    output: "google.protobuf.Empty",
    serverStreaming: true,
    deprecated: true,
    idempotency: "no-side-effects",
    comment: " Reads one.\n",
    options: {
      "google.api.http": { get: "/v1/{name}", additional_bindings: [{ post: "/v1", body: "*" }] },
    },
  };
  const service = symbol("service", "acme.shop.Shop", {
    name: "Shop",
    comment: " Sells.\n\n All.\n",
    detachedComments: [" Apart.\n"],
    methods: [method, { name: "Put", input: "acme.shop.A", output: "acme.shop.A" }],
  });
  expect(text([service], { imports: ["google/protobuf/empty.proto"] })).toBe(`syntax = "proto3";

package acme.shop;

import "google/protobuf/empty.proto";

// Apart.

// Sells.
//
// All.
service Shop {
  // Reads one.
  rpc Get(GetRequest) returns (stream google.protobuf.Empty) {
    option deprecated = true;
    option (google.api.http) = {
      get: "/v1/{name}"
      additional_bindings {
        post: "/v1"
        body: "*"
      }
    };
    option idempotency_level = NO_SIDE_EFFECTS;
  }

  rpc Put(A) returns (A);
}
`);
});

test("options of the file, and kinds of imports", () => {
  const document = {
    standard: {
      java_package: "JAVA",
      java_multiple_files: true,
      optimize_for: "SPEED",
      "features.field_presence": "IMPLICIT",
    },
    options: { "acme.owner": "team-shop" },
    publicImports: ["b.proto"],
    weakImports: ["c.proto"],
  };
  expect(
    text([], { syntax: "2023", imports: ["a.proto", "b.proto", "c.proto"], document }),
  ).toBe(`edition = "2023";

package acme.shop;

import "a.proto";
import public "b.proto";
import weak "c.proto";

option java_package = "JAVA";
option java_multiple_files = true;
option optimize_for = SPEED;
option features.field_presence = IMPLICIT;
option (acme.owner) = "team-shop";
`);
});

describe("fields", () => {
  test.each<[Partial<ApiFieldDocument>, string, string]>([
    [{ type: "int64" }, "proto3", "int64 x = 1;"],
    [{ presence: "explicit" }, "proto3", "optional string x = 1;"],
    [{ presence: "implicit" }, "proto3", "string x = 1;"],
    [{ repeated: true, type: "int32", packed: true }, "proto3", "repeated int32 x = 1;"],
    [{ repeated: true, type: "int32" }, "proto3", "repeated int32 x = 1 [packed = false];"],
    [
      { repeated: true, type: "int32", packed: true },
      "proto2",
      "repeated int32 x = 1 [packed = true];",
    ],
    [{ presence: "required" }, "proto2", "required string x = 1;"],
    [
      { presence: "explicit", default: 'a"b' },
      "proto2",
      'optional string x = 1 [default = "a\\"b"];',
    ],
    [{ type: "int32", default: "7" }, "proto2", "optional int32 x = 1 [default = 7];"],
    [{ presence: "explicit" }, "2023", "string x = 1;"],
    [{ presence: "implicit" }, "2023", "string x = 1 [features.field_presence = IMPLICIT];"],
    [{ deprecated: true }, "proto3", "string x = 1 [deprecated = true];"],
    [{ jsonName: "y" }, "proto3", 'string x = 1 [json_name = "y"];'],
    [{ jsonName: "x" }, "proto3", "string x = 1;"],
    [
      { type: "message", typeName: "acme.shop.Line", repeated: true },
      "proto3",
      "repeated Line x = 1;",
    ],
    [{ type: "message", typeName: "google.type.Money" }, "proto3", "google.type.Money x = 1;"],
    [
      {
        type: "map",
        key: { type: "string" },
        value: { type: "message", typeName: "acme.shop.Line" },
      },
      "proto3",
      "map<string, Line> x = 1;",
    ],
    [
      { options: { "google.api.field_behavior": ["REQUIRED", "IMMUTABLE"] } },
      "proto3",
      "string x = 1 [(google.api.field_behavior) = REQUIRED, (google.api.field_behavior) = IMMUTABLE];",
    ],
    [{ trailingComment: " as seen\n" }, "proto3", "string x = 1;  // as seen"],
  ])("%j in %s", (field, syntax, line) => expect(lines(message([field]), syntax)).toEqual([line]));
});

describe("a text in capitals", () => {
  const extension = (type: string, typeName?: string) =>
    ({
      name: "x",
      number: 50_000,
      type,
      extends: "google.protobuf.FieldOptions",
      typeName,
    }) as const;
  const owner = {
    name: "Owner",
    oneofs: [],
    fields: [
      { name: "slack", type: "string", number: 1 },
      { name: "tier", type: "enum", typeName: "acme.Tier", number: 2 },
    ],
  };
  const declared = new Map<string, ApiSymbolPage["document"]>([
    ["acme.label", extension("string") as ApiFieldDocument],
    ["acme.tier", extension("enum", "acme.Tier") as ApiFieldDocument],
    ["acme.limit", extension("double") as ApiFieldDocument],
    ["acme.owner", extension("message", "acme.Owner") as ApiFieldDocument],
    ["acme.Owner", owner],
  ]);
  const options = {
    "acme.label": "ABC",
    "acme.tier": "GOLD",
    "acme.limit": "Infinity",
    "acme.owner": { slack: "C1", tier: "GOLD" },
  };
  const file = page([message([{ options }])]);

  test("is quoted where the option is a text, and not where it is an enum", () => {
    expect(sourceText(sourceOf(file, declared))).toContain(
      '[(acme.label) = "ABC", (acme.tier) = GOLD, (acme.limit) = inf, (acme.owner) = { slack: "C1" tier: GOLD }]',
    );
  });

  test("is taken for an enum value where nobody knows", () =>
    expect(sourceText(sourceOf(file))).toContain("(acme.label) = ABC, (acme.tier) = GOLD"));

  test("needs the extensions, and then the messages that they are of", () => {
    expect(undeclared(file, new Map())).toEqual([
      "acme.label",
      "acme.tier",
      "acme.limit",
      "acme.owner",
    ]);
    const first = new Map([...declared].filter(([name]) => name !== "acme.Owner"));
    expect(undeclared(file, first)).toEqual(["acme.Owner"]);
    expect(undeclared(file, declared)).toEqual([]);
  });
});

test("oneofs, reserved numbers and nested types stand inside, in the order of the file", () => {
  const order = message(
    [
      { name: "a", line: 12 },
      { name: "card", oneof: "pay", line: 10 },
      { name: "bank", oneof: "pay", line: 11 },
    ],
    {
      oneofs: [{ name: "pay", line: 9 }],
      reservedRanges: [
        [4, 4],
        [8, 536870911],
      ],
      reservedNames: ["old"],
      extensionRanges: [[100, 199]],
    },
  );
  const nested = symbol(
    "enum",
    "acme.shop.Order.State",
    {
      name: "State",
      line: 5,
      aliases: true,
      values: [
        { name: "NEW", number: 0 },
        { name: "OLD", number: -1, deprecated: true },
      ],
    },
    "acme.shop.Order",
  );
  expect(text([order, nested])).toContain(`message Order {
  reserved 4, 8 to max;
  reserved "old";
  extensions 100 to 199;
  enum State {
    option allow_alias = true;
    NEW = 0;
    OLD = -1 [deprecated = true];
  }
  oneof pay {
    string card = 2;
    string bank = 3;
  }
  string a = 1;
}`);
});

test("groups and extensions of proto2", () => {
  const order = message([
    { name: "part", type: "group", typeName: "acme.shop.Order.Part", presence: "explicit" },
  ]);
  const part = symbol(
    "message",
    "acme.shop.Order.Part",
    { name: "Part", oneofs: [], fields: [{ name: "n", type: "int32", number: 2 }] },
    "acme.shop.Order",
  );
  const more = symbol("extension", "acme.shop.more", {
    name: "more",
    extends: "google.protobuf.FieldOptions",
    type: "string",
    number: 101,
    repeated: true,
  });
  const out = text([order, part, more], { syntax: "proto2" });
  expect(out).toContain("  optional group Part = 1 {\n    optional int32 n = 2;\n  }\n}");
  expect(out).toContain("extend google.protobuf.FieldOptions {\n  repeated string more = 101;\n}");
  expect(out.match(/Part/g)).toHaveLength(1);
});

test("nothing in a comment gets out of it", () => {
  const hostile = message([{ comment: "a\n} evil {\r\nb\rc\u2028d" }]);
  const inside = text([hostile]).split("\n").slice(5, -2);
  expect(inside.slice(0, -1).every((line) => line.startsWith("  //"))).toBe(true);
  expect(inside.at(-1)).toBe("  string x = 1;");
});

test("names lead to what they name", () => {
  const order = message([{ type: "message", typeName: "google.type.Money" }]);
  const tokens = sourceOf(page([order], { imports: ["google/type/money.proto"] })).flat();
  expect(tokens.filter((token) => token.symbol).map((token) => token.symbol)).toEqual([
    "acme.shop.Order",
    "google.type.Money",
    "acme.shop.Order.x",
  ]);
  expect(tokens.find((token) => token.file)?.file).toBe("google/type/money.proto");
});

test.each([
  ["order_id", "orderId"],
  ["x", "x"],
  ["a_1b", "a1b"],
  ["_a", "A"],
  ["a__b", "aB"],
])("%s is %s in JSON", (name, json) => expect(usualJsonName(name)).toBe(json));
