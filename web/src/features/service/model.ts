// SPDX-License-Identifier: Apache-2.0
import type { Event, Version } from "@/api/generated";

/** Events in their order, under the heading of their day. */
export function byDay(events: readonly Event[], dayOf: (event: Event) => string) {
  const days: { day: string; items: Event[] }[] = [];
  for (const event of events) {
    const day = dayOf(event);
    const last = days.at(-1);
    if (last?.day === day) {
      last.items.push(event);
    } else {
      days.push({ day, items: [event] });
    }
  }
  return days;
}

export interface FieldValue {
  path: string;
  value: unknown;
}

/** The keys of a spec in the order in which people write them. */
const KEYS = [
  "serviceID",
  "description",
  "corporation",
  "teamName",
  "contact",
  "lifecycle",
  "tier",
  "tags",
  "repository",
  "links",
  "grpc",
  "dependsOn",
  "kubernetes",
  "previousServiceIDs",
];
const place = (key: string) => (KEYS.includes(key) ? KEYS.indexOf(key) : KEYS.length);

/** The fields of a spec: those that mdash knows in their usual order, then the others. */
export function specFields(spec: Record<string, unknown>): FieldValue[] {
  return Object.entries(spec)
    .sort(([a], [b]) => place(a) - place(b))
    .flatMap(([key, value]) => fieldsOf(value, key));
}

/** Every leaf with its path; lists of plain values stay together. */
export function fieldsOf(spec: unknown, path = ""): FieldValue[] {
  if (Array.isArray(spec)) {
    const plain = spec.every((each) => typeof each !== "object" || each === null);
    return plain
      ? [{ path, value: spec }]
      : spec.flatMap((each, i) => fieldsOf(each, `${path}[${i}]`));
  }
  if (spec !== null && typeof spec === "object" && Object.keys(spec).length > 0) {
    return Object.entries(spec).flatMap(([key, value]) =>
      fieldsOf(value, path ? `${path}.${key}` : key),
    );
  }
  return [{ path, value: spec }];
}

/** A value of a spec as a text; undefined when there is nothing to show. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") {
    return undefined;
  }
  if (typeof value === "string") {
    return value;
  }
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) {
    return value.length > 0 ? value.join(", ") : undefined;
  }
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

/** The version that came before, among those that took effect; 0 = nothing. */
export function versionBefore(number: number, versions: readonly Version[]): number {
  const earlier = versions.filter((each) => each.applied && each.number < number);
  return earlier.length > 0 ? Math.max(...earlier.map((each) => each.number)) : number - 1;
}
