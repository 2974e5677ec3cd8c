// SPDX-License-Identifier: Apache-2.0
// A message as ProtoJSON, from the documents of the types that it is made of.
import type { ApiEnumDocument, ApiFieldDocument, ApiMessageDocument } from "@/api/generated";
import { behavioursOf } from "./options";

export type Types = Readonly<Record<string, ApiMessageDocument | ApiEnumDocument | undefined>>;

/** Fields in all: an example is to be read. */
const MOST_FIELDS = 120;

/** Types with a ProtoJSON form of their own. */
const WELL_KNOWN: Record<string, unknown> = {
  "google.protobuf.Timestamp": "2026-01-31T09:30:00Z",
  "google.protobuf.Duration": "1.500s",
  "google.protobuf.FieldMask": "name,displayName",
  "google.protobuf.Struct": { key: "value" },
  "google.protobuf.Value": "value",
  "google.protobuf.ListValue": ["value"],
  "google.protobuf.NullValue": null,
  "google.protobuf.Empty": {},
  "google.protobuf.Any": {
    "@type": "type.googleapis.com/google.protobuf.Duration",
    value: "1.500s",
  },
  "google.protobuf.BoolValue": true,
  "google.protobuf.StringValue": "string",
  "google.protobuf.BytesValue": "Ynl0ZXM=",
  "google.protobuf.Int32Value": 1,
  "google.protobuf.UInt32Value": 1,
  "google.protobuf.Int64Value": "1",
  "google.protobuf.UInt64Value": "1",
  "google.protobuf.FloatValue": 1.5,
  "google.protobuf.DoubleValue": 1.5,
};

/** 64-bit numbers are texts in ProtoJSON: JavaScript could not hold them. */
function scalar(type: string): unknown {
  switch (type) {
    case "string":
      return "string";
    case "bytes":
      return "Ynl0ZXM=";
    case "bool":
      return true;
    case "double":
    case "float":
      return 1.5;
    default:
      return type.endsWith("64") ? "1" : 1;
  }
}

const keyOf = (type: string) => (type === "string" ? "key" : type === "bool" ? "true" : "1");

interface Maker {
  types: Types;
  /** What the server alone sets has no place in a request. */
  request: boolean;
  left: number;
}

/** Undefined = it would contain itself. */
function typed(maker: Maker, type: string, name: string | undefined, path: string[]): unknown {
  if (name === undefined) {
    return scalar(type);
  }
  if (Object.hasOwn(WELL_KNOWN, name)) {
    return WELL_KNOWN[name];
  }
  const known = Object.hasOwn(maker.types, name) ? maker.types[name] : undefined;
  if (type === "enum") {
    const values = known && "values" in known ? known.values : [];
    return (values.find((value) => value.number !== 0) ?? values[0])?.name ?? 0;
  }
  if (path.includes(name)) {
    return undefined;
  }
  return known && "fields" in known ? message(maker, known, [...path, name]) : {};
}

function fieldValue(maker: Maker, field: ApiFieldDocument, path: string[]): unknown {
  if (field.type === "map") {
    const { type = "string", typeName } = field.value ?? {};
    const value = typed(maker, type, typeName, path);
    return value === undefined ? {} : { [keyOf(field.key?.type ?? "string")]: value };
  }
  const value = typed(maker, field.type, field.typeName, path);
  return field.repeated ? (value === undefined ? [] : [value]) : value;
}

/** One of a oneof, nothing deprecated, nothing that only the other side sets. */
function wanted(maker: Maker, fields: readonly ApiFieldDocument[]): ApiFieldDocument[] {
  const chosen = new Set<string>();
  return fields.filter((field) => {
    const behaviours = behavioursOf(field.options);
    const other = maker.request ? "OUTPUT_ONLY" : "INPUT_ONLY";
    if (field.deprecated || behaviours.includes(other) || chosen.has(field.oneof ?? "")) {
      return false;
    }
    if (field.oneof !== undefined) {
      chosen.add(field.oneof);
    }
    return true;
  });
}

function message(maker: Maker, document: ApiMessageDocument, path: string[]): object {
  const entries: [string, unknown][] = [];
  for (const field of wanted(maker, document.fields)) {
    if (maker.left <= 0) {
      break;
    }
    maker.left -= 1;
    const value = fieldValue(maker, field, path);
    if (value !== undefined) {
      entries.push([field.jsonName ?? field.name, value]);
    }
  }
  return Object.fromEntries(entries);
}

/** The value to send as a request, or to expect as a response. */
export function exampleOf(name: string, types: Types, request: boolean): unknown {
  return typed({ types, request, left: MOST_FIELDS }, "message", name, []);
}

export const exampleText = (name: string, types: Types, request: boolean) =>
  JSON.stringify(exampleOf(name, types, request), null, 2);
