// SPDX-License-Identifier: Apache-2.0
// Lines of tokens, indented by two.

export interface Token {
  kind: "plain" | "keyword" | "type" | "name" | "string" | "number" | "comment";
  text: string;
  /** Full name of what it names. */
  symbol?: string;
  /** Path of the .proto file that it names. */
  file?: string;
}

export type Line = Token[];
export type Part = Token | string | readonly [Token["kind"], string];

interface Noted {
  comment?: string;
  detachedComments?: string[];
}

const tokenOf = (part: Part): Token =>
  typeof part === "string"
    ? { kind: "plain", text: part }
    : "kind" in part
      ? part
      : { kind: part[0], text: part[1] };

/** A comment can hold any kind of line end: none of them may end the comment. */
const linesOf = (comment: string) =>
  comment.replace(/[\r\n\u2028\u2029]+$/, "").split(/\r\n|[\r\n\u2028\u2029]/);

const commentText = (line: string) =>
  `//${line === "" || line.startsWith(" ") ? line : ` ${line}`}`.trimEnd();

export class Printer {
  readonly lines: Line[] = [];
  private depth = 0;

  line(parts: readonly Part[], trailing?: string): void {
    const line = parts.map(tokenOf);
    if (this.depth > 0) {
      line.unshift({ kind: "plain", text: "  ".repeat(this.depth) });
    }
    const comment = trailing === undefined ? [] : linesOf(trailing);
    if (comment.length === 1) {
      line.push({ kind: "comment", text: `  ${commentText(comment[0] ?? "")}` });
    }
    this.lines.push(line);
    if (comment.length > 1) {
      this.comment(trailing ?? "");
    }
  }

  raw(lines: readonly (readonly Part[])[]): void {
    for (const line of lines) {
      this.line(line);
    }
  }

  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1)?.length !== 0) {
      this.lines.push([]);
    }
  }

  /** Between members, not after what opens the block. */
  blankWithin(): void {
    if (this.lines.at(-1)?.at(-1)?.text !== " {") {
      this.blank();
    }
  }

  comments({ comment, detachedComments }: Noted): void {
    for (const each of detachedComments ?? []) {
      this.blankWithin();
      this.comment(each);
      this.blank();
    }
    if (comment !== undefined) {
      this.blankWithin();
      this.comment(comment);
    }
  }

  private comment(text: string): void {
    for (const line of linesOf(text)) {
      this.line([["comment", commentText(line)]]);
    }
  }

  indented(body: () => void): void {
    this.depth += 1;
    body();
    this.depth -= 1;
  }
}

/** The greatest numbers of fields and of enum values. */
const MAX = [536_870_911, 2_147_483_647];

export function rangesText(ranges: readonly (readonly number[])[]): string {
  return ranges
    .map(([first = 0, last = first]) => {
      const end = MAX.includes(last) ? "max" : String(last);
      return first === last ? String(first) : `${first} to ${end}`;
    })
    .join(", ");
}
