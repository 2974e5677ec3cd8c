// SPDX-License-Identifier: Apache-2.0
// Options in the notation of .proto files.
import type { ApiFileDocument, ApiOptions } from "@/api/generated";
import type { Part } from "./sourcePrinter";
import { isFields, type OptionType, OptionTypes } from "./sourceTypes";

export interface Option {
  name: string;
  value: unknown;
  /** A name, not a text in quotes. */
  bare?: boolean;
  /** A text, even if it looks like the name of an enum value. */
  quoted?: boolean;
  /** Of a custom one, if it is known. */
  type?: OptionType | undefined;
}

const UNKNOWN = new OptionTypes();

interface Optioned {
  deprecated?: boolean;
  options?: ApiOptions;
}

/** deprecated, and the custom ones in brackets. */
export function optionsOf({ deprecated, options }: Optioned, types = UNKNOWN): Option[] {
  const found: Option[] = deprecated ? [{ name: "deprecated", value: true }] : [];
  for (const [name, value] of Object.entries(options ?? {})) {
    const all = Array.isArray(value) ? value : [value];
    for (const each of all) {
      const written = name.startsWith("[") ? name : `(${name})`;
      found.push({ name: written, value: each, type: types.option(name) });
    }
  }
  return found;
}

/** A file names the values of protobuf's own enums, and texts in quotes. */
const isWord = (name: string) => name === "optimize_for" || name.startsWith("features.");

/** Those of protobuf itself, and the custom ones in brackets. */
export function fileOptions(document: ApiFileDocument | null, types = UNKNOWN): Option[] {
  const standard = Object.entries(document?.standard ?? {});
  return [
    ...standard.map(([name, value]) =>
      typeof value === "string" && !isWord(name)
        ? { name, value, quoted: true }
        : { name, value, bare: true },
    ),
    ...optionsOf(document?.options ? { options: document.options } : {}, types),
  ];
}

const ENUM_VALUE = /^[A-Z][A-Z0-9_]*$/;

/** Numbers that JSON has no words for. */
const NO_NUMBERS: Record<string, string> = { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" };

/** Where the type is not known, what reads like the name of an enum value is one. */
function scalarText(value: unknown, { bare, quoted, type }: Partial<Option> = {}): Part {
  if (typeof value !== "string") {
    return ["number", String(value)];
  }
  const noNumber = NO_NUMBERS[value];
  if ((type?.type === "double" || type?.type === "float") && noNumber !== undefined) {
    return ["number", noNumber];
  }
  const isEnum = type ? type.type === "enum" : !quoted && ENUM_VALUE.test(value);
  return bare || isEnum ? value : ["string", JSON.stringify(value)];
}

/** The inside of a message in text format, one field a line. */
function fieldLines(
  fields: Record<string, unknown>,
  indent: string,
  types: OptionTypes,
  message: OptionType | undefined,
): Part[][] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const type = types.field(message, name);
    return (Array.isArray(value) ? value : [value]).flatMap((each): Part[][] =>
      isFields(each)
        ? [[`${indent}${name} {`], ...fieldLines(each, `${indent}  `, types, type), [`${indent}}`]]
        : [[`${indent}${name}: `, scalarText(each, { type })]],
    );
  });
}

export function optionLines(options: readonly Option[], types = UNKNOWN): Part[][] {
  return options.flatMap((option): Part[][] => {
    const { name, value } = option;
    const head: Part[] = [["keyword", "option"], ` ${name} = `];
    return isFields(value)
      ? [[...head, "{"], ...fieldLines(value, "  ", types, option.type), ["};"]]
      : [[...head, scalarText(value, option), ";"]];
  });
}

/** In brackets behind a field, on one line. */
export function inlineOptions(options: readonly Option[], types = UNKNOWN): Part[] {
  if (options.length === 0) {
    return [];
  }
  const parts = options.flatMap((option, i): Part[] => {
    const { name, value } = option;
    const text: Part[] = isFields(value)
      ? ["{ ", ...fieldLines(value, "", types, option.type).flatMap((line) => [...line, " "]), "}"]
      : [scalarText(value, option)];
    return [i > 0 ? ", " : "", `${name} = `, ...text];
  });
  return [" [", ...parts, "]"];
}
