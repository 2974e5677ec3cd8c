// SPDX-License-Identifier: Apache-2.0
// The declared types of custom options: JSON writes texts and enum values alike.
import type { ApiFieldDocument, ApiFilePage, ApiSymbolPage } from "@/api/generated";

type Document = ApiSymbolPage["document"];
type Fields = Record<string, unknown>;
/** By full name; null = the set has no such symbol. */
export type Declared = ReadonlyMap<string, Document | null>;
export type OptionType = Pick<ApiFieldDocument, "type" | "typeName">;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export class OptionTypes {
  constructor(private readonly declared: Declared = new Map()) {}

  /** Of an option by the full name of its extension. */
  option(name: string): OptionType | undefined {
    const found = this.declared.get(name);
    return found && "type" in found ? found : undefined;
  }

  /** Of a field inside an option that is a message. */
  field(message: OptionType | undefined, name: string): OptionType | undefined {
    const found = this.declared.get(message?.typeName ?? "");
    return found && "fields" in found
      ? found.fields.find((field) => field.name === name)
      : undefined;
  }
}

/** What the file itself declares. */
export const declaredIn = (page: ApiFilePage): Map<string, Document | null> =>
  new Map(page.symbols.map(({ fullName, document }) => [fullName, document]));

/** Numbers and booleans are written the same whatever they are of. */
const needsType = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(needsType) : typeof value === "string" || isFields(value);

/** Symbols that have to be known before the options of a file can be written. */
export function undeclared(page: ApiFilePage, declared: Declared): string[] {
  const types = new OptionTypes(declared);
  const missing = new Set<string>();
  const inside = (type: OptionType | undefined, value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) {
        inside(type, each);
      }
    } else if (type?.typeName !== undefined && isFields(value)) {
      if (!declared.has(type.typeName)) {
        missing.add(type.typeName);
      }
      for (const [name, each] of Object.entries(value)) {
        inside(types.field(type, name), each);
      }
    }
  };
  const options = (set: Fields) => {
    for (const [name, value] of Object.entries(set)) {
      // What no extension of the set names has its number in brackets.
      if (!name.startsWith("[") && needsType(value)) {
        if (!declared.has(name)) {
          missing.add(name);
        }
        inside(types.option(name), value);
      }
    }
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const each of node) {
        walk(each);
      }
    } else if (isFields(node)) {
      for (const [key, value] of Object.entries(node)) {
        if (key === "options" && isFields(value)) {
          options(value);
        } else {
          walk(value);
        }
      }
    }
  };
  walk(page.document);
  walk(page.symbols);
  return [...missing];
}
