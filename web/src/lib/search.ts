// SPDX-License-Identifier: Apache-2.0

/** Search parameters as the address carries them: every value is text. */
export type RawSearch = Record<string, string | string[]>;

/**
 * The router's own notation is JSON inside the address; ours is plain
 * `?q=pay&tag=a&tag=b`, readable and stable to hand on.
 */
export function parseSearch(text: string): RawSearch {
  const found: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] =
      before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return found;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== "" && each !== false) {
        params.append(name, each === true ? "1" : String(each));
      }
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

// The readers below are asked twice: for the text in the address, and for the
// values that a link was given. So each takes what it answers.

/** One text value, cut to its limit; the first when it is repeated. */
export function text(value: unknown, max: number): string | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" && one !== "" ? one.slice(0, max) : undefined;
}

/** A repeated value without doubles. */
export function texts(value: unknown, max: number, count: number): string[] | undefined {
  const all = (Array.isArray(value) ? value : [value])
    .map((each) => text(each, max))
    .filter((each) => each !== undefined);
  return all.length > 0 ? [...new Set(all)].slice(0, count) : undefined;
}

export function whole(value: unknown, min: number, max: number): number | undefined {
  const one = typeof value === "number" ? String(value) : text(value, 20);
  const number = one !== undefined && /^\d+$/.test(one) ? Number(one) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

export function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === text(value, 100));
}

export function flag(value: unknown): true | undefined {
  return value === true || text(value, 4) === "1" ? true : undefined;
}

/** A moment in RFC 3339; anything else is as if it were not there. */
export function moment(value: unknown): string | undefined {
  const one = text(value, 40);
  const looksRight = one !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(one);
  return looksRight && !Number.isNaN(Date.parse(one)) ? one : undefined;
}
