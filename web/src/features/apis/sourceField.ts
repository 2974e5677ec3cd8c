// SPDX-License-Identifier: Apache-2.0
// What stands before and behind the name of a field.
import type { ApiFieldDocument } from "@/api/generated";
import { relativeTo } from "./names";
import { inlineOptions, type Option, optionsOf } from "./sourceOptions";
import type { Part, Token } from "./sourcePrinter";
import type { OptionTypes } from "./sourceTypes";

export type Syntax = "proto2" | "proto3" | "edition";

export const syntaxOf = (text: string): Syntax =>
  text === "proto2" || text === "proto3" ? text : "edition";

type Typed = Pick<ApiFieldDocument, "type" | "typeName" | "key" | "value">;

const named = (name: string, packageName: string): Token => ({
  kind: "type",
  text: relativeTo(name, packageName),
  symbol: name,
});

/** `string`, `Money`, `map<string, Money>`; names as this package would write them. */
export function fieldType(field: Typed, packageName: string): Token[] {
  if (field.type === "map") {
    const { type = "string", typeName } = field.value ?? {};
    return [
      { kind: "type", text: `map<${field.key?.type ?? "string"}, ` },
      ...fieldType({ type, ...(typeName ? { typeName } : {}) }, packageName),
      { kind: "type", text: ">" },
    ];
  }
  return [field.typeName ? named(field.typeName, packageName) : { kind: "type", text: field.type }];
}

/** `optional` and the like, where the syntax writes them. */
export function label(field: ApiFieldDocument, syntax: Syntax): string | undefined {
  if (field.type === "map" || field.oneof !== undefined) {
    return undefined;
  }
  if (field.repeated) {
    return "repeated";
  }
  if (syntax === "proto2") {
    return field.presence === "required" ? "required" : "optional";
  }
  // Messages and extensions have presence without the word.
  const plain = field.type !== "message" && field.type !== "group" && field.extends === undefined;
  return syntax === "proto3" && plain && field.presence === "explicit" ? "optional" : undefined;
}

/**
 * The word for presence, where one is worth it: proto2 writes `optional` at each
 * field, proto3 where a message or a oneof does not already give it, and editions
 * have it unless they say otherwise.
 */
export function presenceWord(
  field: ApiFieldDocument,
  syntax: string | null | undefined,
): "optional" | "implicit" | undefined {
  const known = syntaxOf(syntax ?? "proto3");
  if (known === "edition") {
    return field.presence === "implicit" ? "implicit" : undefined;
  }
  return label(field, known) === "optional" ? "optional" : undefined;
}

/** The JSON name that protoc makes when none is written. */
export function usualJsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_all, next: string) => next.toUpperCase());
}

const UNPACKABLE = new Set(["string", "bytes", "message", "group", "map"]);

function features(field: ApiFieldDocument, syntax: Syntax): Option[] {
  const packable = field.repeated && !UNPACKABLE.has(field.type);
  if (syntax !== "edition") {
    const usual = syntax === "proto3";
    return packable && Boolean(field.packed) !== usual
      ? [{ name: "packed", value: Boolean(field.packed) }]
      : [];
  }
  const found: Option[] = [];
  const put = (name: string, value: string) =>
    found.push({ name: `features.${name}`, value, bare: true });
  if (field.presence === "implicit") {
    put("field_presence", "IMPLICIT");
  }
  if (field.presence === "required") {
    put("field_presence", "LEGACY_REQUIRED");
  }
  if (packable && !field.packed) {
    put("repeated_field_encoding", "EXPANDED");
  }
  if (field.delimited) {
    put("message_encoding", "DELIMITED");
  }
  return found;
}

type AnyField = ApiFieldDocument | { deprecated?: boolean; options?: Record<string, unknown> };

/** ` [deprecated = true, json_name = "x"]`, or nothing. */
export function fieldOptions(field: AnyField, syntax: Syntax, types: OptionTypes): Part[] {
  const options: Option[] = optionsOf(field, types);
  if ("number" in field && "type" in field) {
    if (field.default !== undefined) {
      const text = field.type === "string" || field.type === "bytes";
      options.unshift({ name: "default", value: field.default, bare: !text });
    }
    if (field.jsonName !== undefined && field.jsonName !== usualJsonName(field.name)) {
      options.push({ name: "json_name", value: field.jsonName });
    }
    options.push(...features(field, syntax));
  }
  return inlineOptions(options, types);
}
