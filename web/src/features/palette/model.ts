// SPDX-License-Identifier: Apache-2.0

/** Something that the palette can do. */
export interface Command {
  id: string;
  label: string;
  /** The language of the label, when it is not the page's. */
  lang?: "ja" | "en";
  /** The keys that do the same. */
  keys?: string;
  run: () => void;
}

export type Mode = "everything" | "commands" | "tags" | "teams";

const PREFIX: Record<string, Mode> = {
  ">": "commands",
  "#": "tags",
  "@": "teams",
  // What a Japanese keyboard gives.
  "＞": "commands",
  "＃": "tags",
  "＠": "teams",
};

/** What is looked for, and among what: `>` commands, `#` tags, `@` teams. */
export function readQuery(text: string): { mode: Mode; query: string } {
  const trimmed = text.trimStart();
  const mode = PREFIX[trimmed.charAt(0)];
  return mode
    ? { mode, query: trimmed.slice(1).trim() }
    : { mode: "everything", query: trimmed.trim() };
}

/** The next place of the choice, going round at the ends. */
export function step(at: number, by: number, count: number): number {
  return count === 0 ? 0 : (at + by + count) % count;
}
