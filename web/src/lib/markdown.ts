// SPDX-License-Identifier: Apache-2.0
// Markdown of comments in .proto files and of campaigns: the parts that people write
// there. The outcome is a tree of plain texts; markup in it stays what was written.

export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "strong" | "emphasis"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] }
  /** Names a symbol: `[Foo][acme.v1.Foo]`. */
  | { kind: "symbol"; name: string; children: Inline[] };

export type Block =
  | { kind: "paragraph" | "heading" | "quote"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: Inline[][] };

/** Of a comment; what is beyond is left out. */
export const LONGEST = 40_000;
const DEEPEST = 4;

// Comments are wrapped anywhere, so a label and what it leads to may be on two
// lines. Each alternative is tried at one place and cannot go back over the text.
const TOKEN =
  /`([^`\n]{1,500})`|\[([^[\]]{1,300})\]\n?(?:\[([^[\]\s]{0,500})\]|\((https?:\/\/[^\s()<>]{1,2000})\))|<?(https?:\/\/[^\s<>()[\]`"']{1,2000})>?|\*\*([^*\n]{1,1000})\*\*|(?<![\w*])\*([^*\s][^*\n]{0,1000})\*(?![\w*])|(?<!\w)_([^_\s][^_\n]{0,1000})_(?!\w)/g;
const TRAILING = /[.,;:!?]+$/;

/** A label holds no links: it is inside of one. */
function labelled(label: string): Inline[] {
  const code = /^`([^`]+)`$/.exec(label)?.[1];
  return [code === undefined ? { kind: "text", text: label } : { kind: "code", text: code }];
}

export function parseInline(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  const put = (plain: string) => plain && found.push({ kind: "text", text: plain });
  const within = (inner: string): Inline[] =>
    depth < DEEPEST ? parseInline(inner, depth + 1) : [{ kind: "text", text: inner }];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, code, label, name, href, bare, strong, starred, underlined] = match;
    put(text.slice(end, match.index));
    end = match.index + all.length;
    if (code !== undefined) {
      found.push({ kind: "code", text: code });
    } else if (label !== undefined && name !== undefined) {
      const target = name || label.replace(/^`|`$/g, "");
      found.push({ kind: "symbol", name: target, children: labelled(label) });
    } else if (label !== undefined && href !== undefined) {
      found.push({ kind: "link", href, children: labelled(label) });
    } else if (bare !== undefined) {
      const url = bare.replace(TRAILING, "");
      const shown = all.startsWith("<") && all.endsWith(">") ? url : all.replace(bare, url);
      found.push({ kind: "link", href: url, children: [{ kind: "text", text: shown }] });
      put(bare.slice(url.length));
    } else if (strong !== undefined) {
      found.push({ kind: "strong", children: within(strong) });
    } else {
      found.push({ kind: "emphasis", children: within(starred ?? underlined ?? "") });
    }
  }
  put(text.slice(end));
  return found;
}

/** protoc leaves the blank after `//` in front of each line. */
export function unindented(comment: string): string[] {
  const lines = comment.slice(0, LONGEST).split(/\r\n|\r|\n/);
  const plain = lines.every((line) => line === "" || /^[ \t]/.test(line));
  return plain ? lines.map((line) => line.slice(1)) : lines.map((line) => line.replace(/^ /, ""));
}

const ITEM = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^#{1,6}\s+(.*)$/;

/** `comment` = of a .proto file, where every line may begin with a blank that means nothing. */
export function parseMarkdown(text: string, comment = true): Block[] {
  const blocks: Block[] = [];
  const lines = comment ? unindented(text) : text.slice(0, LONGEST).split(/\r\n|\r|\n/);
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: "paragraph", children: parseInline(paragraph.join("\n")) });
      paragraph = [];
    }
  };
  for (let i = 0; i < lines.length; ) {
    const next = structured(lines, i, paragraph.length > 0);
    if (next) {
      flush();
      blocks.push(next.block);
      i = next.after;
      continue;
    }
    const line = lines[i] ?? "";
    if (line.trim() === "") {
      flush();
    } else {
      paragraph.push(line.trim());
    }
    i += 1;
  }
  flush();
  return blocks;
}

interface Found {
  block: Block;
  after: number;
}

/** A block of another kind than a paragraph that begins at this line. */
function structured(lines: readonly string[], at: number, inText: boolean): Found | undefined {
  const line = lines[at] ?? "";
  const fence = FENCE.exec(line)?.[1];
  if (fence) {
    return fenced(lines, at, fence);
  }
  const heading = HEADING.exec(line)?.[1];
  if (heading !== undefined) {
    return { block: { kind: "heading", children: parseInline(heading) }, after: at + 1 };
  }
  if (ITEM.test(line)) {
    return listed(lines, at);
  }
  if (line.startsWith(">")) {
    return gathered(lines, at, /^>/, (text) => ({ kind: "quote", children: parseInline(text) }));
  }
  if (!inText && /^ {4}\s*\S/.test(line)) {
    return gathered(lines, at, /^ {4}/, (text) => ({ kind: "code", text }));
  }
  return undefined;
}

function fenced(lines: readonly string[], at: number, fence: string): Found {
  let end = at + 1;
  while (end < lines.length && !lines[end]?.trimStart().startsWith(fence)) {
    end += 1;
  }
  return { block: { kind: "code", text: lines.slice(at + 1, end).join("\n") }, after: end + 1 };
}

/** Lines that all begin in one way, without that beginning. */
function gathered(
  lines: readonly string[],
  at: number,
  mark: RegExp,
  make: (text: string) => Block,
): Found {
  let end = at;
  while (end < lines.length && mark.test(lines[end] ?? "")) {
    end += 1;
  }
  const text = lines.slice(at, end).map((line) => line.replace(mark, ""));
  return { block: make(text.join("\n")), after: end };
}

/** Items with the lines that go on with them. */
function listed(lines: readonly string[], at: number): Found {
  const items: string[] = [];
  const ordered = ITEM.exec(lines[at] ?? "")?.[1] !== undefined;
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    const item = ITEM.exec(line);
    if (item) {
      items.push(item[2] ?? "");
    } else if (line.trim() !== "" && /^\s/.test(line)) {
      items.push(`${items.pop()}\n${line.trim()}`);
    } else {
      break;
    }
  }
  const block: Block = { kind: "list", ordered, items: items.map((item) => parseInline(item)) };
  return { block, after: end };
}

/** The first paragraph as one line of plain words. */
export function summaryOf(comment: string | null | undefined): string {
  const first = parseMarkdown(comment ?? "").find((block) => block.kind === "paragraph");
  const plain = (parts: readonly Inline[]): string =>
    parts.map((part) => ("text" in part ? part.text : plain(part.children))).join("");
  return first && "children" in first ? plain(first.children).replace(/\s+/g, " ") : "";
}
