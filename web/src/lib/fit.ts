// SPDX-License-Identifier: Apache-2.0

export interface TagBox {
  gap: number;
  /** Padding and border of one tag, both sides together. */
  frame: number;
}

/**
 * How many of the tags fit in the width; when not all do, there is room left
 * for the "+n" that stands for the rest. At least one is shown: it may be cut.
 */
export function fitTags(
  tags: readonly string[],
  width: number,
  measure: (text: string) => number,
  box: TagBox,
): number {
  const widths = tags.map((tag) => measure(tag) + box.frame);
  let used = 0;
  for (let i = 0; i < tags.length; i++) {
    const next = used + (i > 0 ? box.gap : 0) + (widths[i] ?? 0);
    const rest = tags.length - i - 1;
    const more = rest > 0 ? box.gap + measure(`+${rest}`) + box.frame : 0;
    if (next + more > width) {
      return Math.max(1, i);
    }
    used = next;
  }
  return tags.length;
}

let context: CanvasRenderingContext2D | null | undefined;
const cache = new Map<string, number>();

/** Width of a text in CSS pixels, remembered: rows repeat the same tags. */
export function textWidth(text: string, font: string): number {
  const key = `${font}\n${text}`;
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) {
    return text.length * 7;
  }
  context.font = font;
  const width = context.measureText(text).width;
  cache.set(key, width);
  return width;
}
