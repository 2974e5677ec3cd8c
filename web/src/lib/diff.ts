// SPDX-License-Identifier: Apache-2.0

export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

// Words of Latin script, single characters of scripts without spaces between
// words, runs of white space, and anything else by itself.
const TOKEN = /[\p{Script=Latin}\p{M}\p{N}_]+|\s+|./gsu;
const MAX_CELLS = 250_000;

/** Longest common subsequence, as a table of lengths from each pair of positions on. */
function lengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
    }
  }
  return table;
}

function push(pieces: Piece[], kind: Piece["kind"], text: string) {
  const last = pieces.at(-1);
  if (last?.kind === kind) {
    last.text += text;
  } else if (text) {
    pieces.push({ kind, text });
  }
}

function walk(a: readonly string[], b: readonly string[], pieces: Piece[]) {
  const table = lengths(a, b);
  const width = b.length + 1;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(pieces, "same", a[i] ?? "");
      i += 1;
      j += 1;
    } else if (
      j >= b.length ||
      (i < a.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))
    ) {
      push(pieces, "removed", a[i] ?? "");
      i += 1;
    } else {
      push(pieces, "added", b[j] ?? "");
      j += 1;
    }
  }
}

/**
 * What words two texts share and in what they differ, in reading order. Texts
 * that are too long to compare by words count as replaced between what they
 * have in common at both ends.
 */
export function diffText(before: string, after: string): Piece[] {
  const a = before.match(TOKEN) ?? [];
  const b = after.match(TOKEN) ?? [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    head += 1;
  }
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail += 1;
  }
  const midA = a.slice(head, a.length - tail);
  const midB = b.slice(head, b.length - tail);
  const pieces: Piece[] = [];
  push(pieces, "same", a.slice(0, head).join(""));
  if ((midA.length + 1) * (midB.length + 1) > MAX_CELLS) {
    push(pieces, "removed", midA.join(""));
    push(pieces, "added", midB.join(""));
  } else {
    walk(midA, midB, pieces);
  }
  push(pieces, "same", a.slice(a.length - tail).join(""));
  return pieces;
}

/** Is enough shared for marks inside the text to help rather than to litter? */
export function worthMarking(pieces: readonly Piece[]): boolean {
  const size = (kind: Piece["kind"]) =>
    pieces.filter((p) => p.kind === kind).reduce((sum, p) => sum + p.text.trim().length, 0);
  return size("same") >= Math.max(size("removed"), size("added")) / 2;
}
