// SPDX-License-Identifier: Apache-2.0
// Options in the notation of .proto files.
import type { ApiFileDocument, ApiOptions } from "@/api/generated";
import type { Part } from "./sourcePrinter";

export interface Option {
  name: string;
  value: unknown;
  /** A name, not a text in quotes. */
  bare?: boolean;
  /** A text, even if it looks like the name of an enum value. */
  quoted?: boolean;
}

interface Optioned {
  deprecated?: boolean;
  options?: ApiOptions;
}

/** deprecated, and the custom ones in brackets. */
export function optionsOf({ deprecated, options }: Optioned): Option[] {
  const found: Option[] = deprecated ? [{ name: "deprecated", value: true }] : [];
  for (const [name, value] of Object.entries(options ?? {})) {
    const all = Array.isArray(value) ? value : [value];
    for (const each of all) {
      found.push({ name: name.startsWith("[") ? name : `(${name})`, value: each });
    }
  }
  return found;
}

/** A file names the values of protobuf's own enums, and texts in quotes. */
const isWord = (name: string) => name === "optimize_for" || name.startsWith("features.");

/** Those of protobuf itself, and the custom ones in brackets. */
export function fileOptions(document: ApiFileDocument | null): Option[] {
  const standard = Object.entries(document?.standard ?? {});
  return [
    ...standard.map(([name, value]) =>
      typeof value === "string" && !isWord(name)
        ? { name, value, quoted: true }
        : { name, value, bare: true },
    ),
    ...optionsOf(document?.options ? { options: document.options } : {}),
  ];
}

const ENUM_VALUE = /^[A-Z][A-Z0-9_]*$/;

/** What reads like the name of an enum value is one: the document does not say. */
function scalarText(value: unknown, { bare, quoted }: Partial<Option> = {}): Part {
  if (typeof value === "string") {
    return bare || (!quoted && ENUM_VALUE.test(value)) ? value : ["string", JSON.stringify(value)];
  }
  return ["number", String(value)];
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The inside of a message in text format, one field a line. */
function fieldLines(fields: Record<string, unknown>, indent: string): Part[][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((each): Part[][] =>
      isFields(each)
        ? [[`${indent}${name} {`], ...fieldLines(each, `${indent}  `), [`${indent}}`]]
        : [[`${indent}${name}: `, scalarText(each)]],
    ),
  );
}

export function optionLines(options: readonly Option[]): Part[][] {
  return options.flatMap((option): Part[][] => {
    const { name, value } = option;
    const head: Part[] = [["keyword", "option"], ` ${name} = `];
    return isFields(value)
      ? [[...head, "{"], ...fieldLines(value, "  "), ["};"]]
      : [[...head, scalarText(value, option), ";"]];
  });
}

/** In brackets behind a field, on one line. */
export function inlineOptions(options: readonly Option[]): Part[] {
  if (options.length === 0) {
    return [];
  }
  const parts = options.flatMap((option, i): Part[] => {
    const { name, value } = option;
    const text: Part[] = isFields(value)
      ? ["{ ", ...fieldLines(value, "").flatMap((line) => [...line, " "]), "}"]
      : [scalarText(value, option)];
    return [i > 0 ? ", " : "", `${name} = `, ...text];
  });
  return [" [", ...parts, "]"];
}
