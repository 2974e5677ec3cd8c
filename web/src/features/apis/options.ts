// SPDX-License-Identifier: Apache-2.0
// Custom options that mean something to a reader.
import type { ApiFileDocument, ApiFilePage, ApiOptions } from "@/api/generated";

type Options = ApiOptions | undefined;
type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const own = (options: Options, name: string): unknown =>
  options && Object.hasOwn(options, name) ? options[name] : undefined;

/** `REQUIRED`, `OUTPUT_ONLY` …: google.api.field_behavior. */
export function behavioursOf(options: Options): string[] {
  const value = own(options, "google.api.field_behavior");
  const all = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === "string");
}

export interface Binding {
  verb: string;
  path: string;
  body?: string | undefined;
}

const VERBS = ["get", "put", "post", "delete", "patch"];

function bindingOf(rule: Fields): Binding | undefined {
  const body = textOf(rule.body);
  for (const verb of VERBS) {
    const path = textOf(rule[verb]);
    if (path !== undefined) {
      return { verb: verb.toUpperCase(), path, body };
    }
  }
  const custom = isFields(rule.custom) ? rule.custom : {};
  const [verb, path] = [textOf(custom.kind), textOf(custom.path)];
  return verb !== undefined && path !== undefined ? { verb, path, body } : undefined;
}

/** The ways to call a method by HTTP: google.api.http. */
export function bindingsOf(options: Options): Binding[] {
  const rule = own(options, "google.api.http");
  if (!isFields(rule)) {
    return [];
  }
  const more = Array.isArray(rule.additional_bindings) ? rule.additional_bindings : [];
  return [rule, ...more.filter(isFields)].map(bindingOf).filter((each) => each !== undefined);
}

export interface Resource {
  type: string;
  patterns: string[];
}

/** What a message stands for: google.api.resource. */
export function resourceOf(options: Options): Resource | undefined {
  const value = own(options, "google.api.resource");
  const type = isFields(value) ? textOf(value.type) : undefined;
  if (!isFields(value) || type === undefined) {
    return undefined;
  }
  const patterns = Array.isArray(value.pattern) ? value.pattern : [value.pattern];
  return { type, patterns: patterns.filter((each): each is string => typeof each === "string") };
}

const SHOWN_APART = ["google.api.http", "google.api.field_behavior", "google.api.resource"];

/** All options that are not shown in a form of their own; values as text. */
export function otherOptions(options: Options): { name: string; text: string }[] {
  return Object.entries(options ?? {})
    .filter(([name]) => !SHOWN_APART.includes(name))
    .map(([name, value]) => ({ name, text: optionText(value) }));
}

/** As people would write it: no quotes around a lone text, one line when short. */
export function optionText(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  const line = JSON.stringify(value) ?? "";
  return line.length <= 60 ? line : JSON.stringify(value, null, 2);
}

/** All that a file sets, those of protobuf itself first; values as text. */
export function optionsOfFile(document: ApiFileDocument | null): { name: string; text: string }[] {
  const standard = Object.entries(document?.standard ?? {});
  return [
    ...standard.map(([name, value]) => ({ name, text: optionText(value) })),
    ...otherOptions(document?.options),
  ];
}

/** Does who imports the file get this one too, or may it be missing? */
export function importKind(
  { document }: Pick<ApiFilePage, "document">,
  path: string,
): "public" | "weak" | undefined {
  if (document?.publicImports?.includes(path)) {
    return "public";
  }
  return document?.weakImports?.includes(path) ? "weak" : undefined;
}
