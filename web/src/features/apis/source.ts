// SPDX-License-Identifier: Apache-2.0
// A .proto file written anew from the documents of what it declares.
import type {
  ApiEnumDocument,
  ApiFieldDocument,
  ApiFilePage,
  ApiFileSymbol,
  ApiMessageDocument,
  ApiMethodDocument,
  ApiServiceDocument,
} from "@/api/generated";
import { importKind } from "./options";
import { fieldOptions, fieldType, label, type Syntax, syntaxOf } from "./sourceField";
import { fileOptions, optionLines, optionsOf } from "./sourceOptions";
import { type Line, type Part, Printer, rangesText, type Token } from "./sourcePrinter";
import { type Declared, declaredIn, OptionTypes } from "./sourceTypes";

interface Member {
  line: number;
  print: () => void;
}

/** In the order of the file, as far as that is known. */
function inOrder(members: Member[]): void {
  for (const member of members.sort((a, b) => a.line - b.line)) {
    member.print();
  }
}

const LAST = Number.MAX_SAFE_INTEGER;

class File {
  private readonly out = new Printer();
  private readonly syntax: Syntax;
  private readonly inside = new Map<string, ApiFileSymbol[]>();

  private readonly types: OptionTypes;

  constructor(
    private readonly page: ApiFilePage,
    declared: Declared,
  ) {
    this.types = new OptionTypes(declared);
    this.syntax = syntaxOf(page.syntax);
    for (const symbol of page.symbols) {
      const parent = symbol.parent ?? "";
      this.inside.set(parent, [...(this.inside.get(parent) ?? []), symbol]);
    }
  }

  print(): Line[] {
    const { syntax, package: name, imports } = this.page;
    const word = this.syntax === "edition" ? "edition" : "syntax";
    this.out.line([["keyword", word], " = ", ["string", JSON.stringify(syntax)], ";"]);
    if (name) {
      this.out.blank();
      this.out.line([["keyword", "package"], ` ${name};`]);
    }
    if (imports.length > 0) {
      this.out.blank();
      for (const path of imports) {
        const token: Token = { kind: "string", text: JSON.stringify(path), file: path };
        const kind = importKind(this.page, path);
        this.out.line([["keyword", kind ? `import ${kind}` : "import"], " ", token, ";"]);
      }
    }
    const options = fileOptions(this.page.document, this.types);
    if (options.length > 0) {
      this.out.blank();
      this.out.raw(optionLines(options, this.types));
    }
    for (const symbol of this.inside.get("") ?? []) {
      this.out.blank();
      this.symbol(symbol);
    }
    return this.out.lines;
  }

  private symbol({ kind, fullName, document }: ApiFileSymbol): void {
    if (kind === "service") {
      this.service(fullName, document as ApiServiceDocument);
    } else if (kind === "message") {
      this.message(fullName, document as ApiMessageDocument);
    } else if (kind === "enum") {
      this.enum(fullName, document as ApiEnumDocument);
    } else {
      this.extension(fullName, document as ApiFieldDocument);
    }
  }

  private block(head: readonly Part[], body: () => void): void {
    this.out.line([...head, " {"]);
    this.out.indented(body);
    this.out.line(["}"]);
  }

  private service(fullName: string, document: ApiServiceDocument): void {
    this.out.comments(document);
    this.block([["keyword", "service"], " ", this.declared(fullName, document.name)], () => {
      this.options(document);
      for (const method of document.methods) {
        this.out.blankWithin();
        this.method(`${fullName}.${method.name}`, method);
      }
    });
  }

  private method(fullName: string, method: ApiMethodDocument): void {
    const side = (name: string, streams?: boolean): Part[] => [
      "(",
      ...(streams ? [{ kind: "keyword" as const, text: "stream" }, " "] : []),
      this.typeName(name),
      ")",
    ];
    const head = [
      { kind: "keyword" as const, text: "rpc" },
      " ",
      this.declared(fullName, method.name),
      ...side(method.input, method.clientStreaming),
      { kind: "keyword" as const, text: " returns " },
      ...side(method.output, method.serverStreaming),
    ];
    this.out.comments(method);
    const own = optionsOf(method, this.types);
    if (method.idempotency) {
      const level = method.idempotency === "idempotent" ? "IDEMPOTENT" : "NO_SIDE_EFFECTS";
      own.push({ name: "idempotency_level", value: level, bare: true });
    }
    if (own.length === 0) {
      this.out.line([...head, ";"], method.trailingComment);
    } else {
      this.block(head, () => this.out.raw(optionLines(own, this.types)));
    }
  }

  private message(fullName: string, document: ApiMessageDocument): void {
    this.out.comments(document);
    this.block([["keyword", "message"], " ", this.declared(fullName, document.name)], () =>
      this.body(fullName, document),
    );
  }

  private body(fullName: string, document: ApiMessageDocument): void {
    this.options(document);
    this.ranges("reserved", document.reservedRanges, document.reservedNames);
    this.ranges("extensions", document.extensionRanges);
    const groups = new Set(
      document.fields.filter((f) => f.type === "group").map((f) => f.typeName),
    );
    const members: Member[] = [];
    for (const symbol of this.inside.get(fullName) ?? []) {
      if (!groups.has(symbol.fullName)) {
        members.push({ line: symbol.document.line ?? LAST, print: () => this.symbol(symbol) });
      }
    }
    for (const oneof of document.oneofs) {
      const fields = document.fields.filter((field) => field.oneof === oneof.name);
      const line = oneof.line ?? fields[0]?.line ?? LAST;
      members.push({ line, print: () => this.oneof(fullName, oneof, fields) });
    }
    for (const field of document.fields) {
      if (field.oneof === undefined) {
        members.push({ line: field.line ?? LAST, print: () => this.field(fullName, field) });
      }
    }
    inOrder(members);
  }

  private oneof(
    fullName: string,
    oneof: ApiMessageDocument["oneofs"][number],
    fields: readonly ApiFieldDocument[],
  ): void {
    this.out.comments(oneof);
    this.block([["keyword", "oneof"], ` ${oneof.name}`], () => {
      this.out.raw(optionLines(optionsOf(oneof, this.types), this.types));
      for (const field of fields) {
        this.field(fullName, field);
      }
    });
  }

  private field(fullName: string, field: ApiFieldDocument): void {
    this.out.comments(field);
    const word = label(field, this.syntax);
    const group = field.type === "group" ? this.groupOf(field) : undefined;
    const head: Part[] = [
      ...(word ? [{ kind: "keyword" as const, text: `${word} ` }] : []),
      ...(group
        ? [{ kind: "keyword" as const, text: "group" }]
        : fieldType(field, this.page.package)),
      " ",
      this.declared(`${fullName}.${field.name}`, group?.document.name ?? field.name),
      " = ",
      { kind: "number", text: String(field.number) },
      ...fieldOptions(field, this.syntax, this.types),
    ];
    if (group) {
      this.block(head, () => this.body(group.fullName, group.document as ApiMessageDocument));
    } else {
      this.out.line([...head, ";"], field.trailingComment);
    }
  }

  private groupOf(field: ApiFieldDocument): ApiFileSymbol | undefined {
    return this.page.symbols.find((symbol) => symbol.fullName === field.typeName);
  }

  private extension(fullName: string, document: ApiFieldDocument): void {
    const extended = this.typeName(document.extends ?? "");
    const scope = fullName.slice(0, Math.max(0, fullName.lastIndexOf(".")));
    this.block([["keyword", "extend"], " ", extended], () => this.field(scope, document));
  }

  private enum(fullName: string, document: ApiEnumDocument): void {
    this.out.comments(document);
    this.block([["keyword", "enum"], " ", this.declared(fullName, document.name)], () => {
      if (document.aliases) {
        this.out.raw(optionLines([{ name: "allow_alias", value: true, bare: true }]));
      }
      this.options(document);
      this.ranges("reserved", document.reservedRanges, document.reservedNames);
      for (const value of document.values) {
        this.out.comments(value);
        const options = fieldOptions(value, this.syntax, this.types);
        const number: Token = { kind: "number", text: String(value.number) };
        const name = this.declared(`${fullName}.${value.name}`, value.name);
        this.out.line([name, " = ", number, ...options, ";"], value.trailingComment);
      }
    });
  }

  private options(document: ApiServiceDocument | ApiMessageDocument | ApiEnumDocument): void {
    this.out.raw(optionLines(optionsOf(document, this.types), this.types));
  }

  private ranges(word: string, ranges: number[][] = [], names: readonly string[] = []): void {
    if (ranges.length > 0) {
      this.out.line([["keyword", word], ` ${rangesText(ranges)};`]);
    }
    if (names.length > 0) {
      const text = names.map((n) => (this.syntax === "edition" ? n : JSON.stringify(n)));
      this.out.line([["keyword", word], " ", ["string", text.join(", ")], ";"]);
    }
  }

  private declared(fullName: string, text: string): Token {
    return { kind: "name", text, symbol: fullName };
  }

  private typeName(name: string): Token {
    return fieldType({ type: "message", typeName: name }, this.page.package)[0] as Token;
  }
}

/** The types of its options are looked for in what is declared, here or elsewhere in the set. */
export function sourceOf(page: ApiFilePage, declared: Declared = declaredIn(page)): Line[] {
  return new File(page, declared).print();
}

export const sourceText = (lines: readonly Line[]) =>
  `${lines.map((line) => line.map((token) => token.text).join("")).join("\n")}\n`;
