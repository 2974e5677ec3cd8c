// SPDX-License-Identifier: Apache-2.0
// Packages as a tree, of which only the rows that are open are made.
import type { ApiItem, ApiPackageItem } from "@/api/generated";
import { matches } from "@/lib/text";
import { lastOf, parentOf } from "./names";

export interface PackageNode {
  /** Full name; "" = files without a package. */
  name: string;
  /** What its row says: more than one part where there is nothing else between. */
  label: string;
  /** Undefined = no file has this package; it only holds others. */
  item: ApiPackageItem | undefined;
  children: PackageNode[];
}

/** Every package under those that its name begins with. */
export function packageTree(packages: readonly ApiPackageItem[]): PackageNode[] {
  const top: PackageNode = { name: "", label: "", item: undefined, children: [] };
  const nodes = new Map<string, PackageNode>();
  const nodeOf = (name: string): PackageNode => {
    const found = nodes.get(name);
    if (found) {
      return found;
    }
    const above = parentOf(name);
    const node: PackageNode = {
      name,
      label: lastOf(name),
      item: undefined,
      children: [],
    };
    nodes.set(name, node);
    (above === "" ? top : nodeOf(above)).children.push(node);
    return node;
  };
  for (const item of packages) {
    nodeOf(item.name).item = item;
  }
  return top.children.map(joined);
}

/** A package that holds one other and nothing else is one row with it. */
function joined(node: PackageNode): PackageNode {
  const children = node.children.map(joined);
  const only = children[0];
  if (node.item === undefined && children.length === 1 && only) {
    return { ...only, label: `${node.label}.${only.label}` };
  }
  return { ...node, children };
}

/** Only packages that the filter names, with those above them. */
export function filtered(nodes: readonly PackageNode[], query: string): PackageNode[] {
  if (query.trim() === "") {
    return [...nodes];
  }
  return nodes.flatMap((node) => {
    const children = filtered(node.children, query);
    const self = node.item !== undefined && matches(node.name, query);
    return self || children.length > 0 ? [{ ...node, children }] : [];
  });
}

export type Row = {
  /** Of the row: a package and a symbol in it may have one name. */
  id: string;
  level: number;
  /** Place among its brothers, from 1, and how many they are. */
  place: number;
  of: number;
  open?: boolean;
} & (
  | { kind: "package"; node: PackageNode }
  | { kind: "symbol"; item: ApiItem }
  | { kind: "loading"; name: string }
  | { kind: "failed"; name: string }
);

/** What is declared in a package, when that is known. */
export type Contents = ReadonlyMap<string, readonly ApiItem[] | "failed">;

export const packageId = (name: string) => `package ${name}`;

export interface Shown {
  open: ReadonlySet<string>;
  /** A filter is on: what it left is to be seen without opening. */
  filtered: boolean;
  contents: Contents;
}

/** Not one that only holds other packages. */
export const holdsSymbols = (node: PackageNode) => node.item !== undefined;

/** The rows in view if all were: those whose packages above are all open. */
export function rowsOf(nodes: readonly PackageNode[], shown: Shown, level = 1, more = 0): Row[] {
  return nodes.flatMap((node, i) => {
    const leaf = node.children.length === 0 && !holdsSymbols(node);
    const open = shown.open.has(node.name) || (shown.filtered && node.children.length > 0);
    const row: Row = {
      id: packageId(node.name),
      kind: "package",
      node,
      level,
      place: i + 1,
      of: nodes.length + more,
      ...(leaf ? {} : { open }),
    };
    return open ? [row, ...insideOf(node, shown, level + 1)] : [row];
  });
}

function insideOf(node: PackageNode, shown: Shown, level: number): Row[] {
  const asked = holdsSymbols(node) && shown.open.has(node.name);
  const known = asked ? shown.contents.get(node.name) : [];
  const before = node.children.length;
  if (known === undefined || known === "failed") {
    const kind = known ?? "loading";
    const place = { level, place: before + 1, of: before + 1 };
    const waits: Row = { id: `${kind} ${node.name}`, kind, name: node.name, ...place };
    return [...rowsOf(node.children, shown, level, 1), waits];
  }
  const symbols = known.map(
    (item, i): Row => ({
      id: `symbol ${item.fullName}`,
      kind: "symbol",
      item,
      level,
      place: before + i + 1,
      of: before + known.length,
    }),
  );
  return [...rowsOf(node.children, shown, level, known.length), ...symbols];
}

/** The packages that must be open for a symbol or package to have a row. */
export function aboveOf(packageName: string): string[] {
  const found = [packageName];
  for (let name = parentOf(packageName); name !== ""; name = parentOf(name)) {
    found.push(name);
  }
  return found;
}

/** The row of the package that a row is in. */
export function parentRow(rows: readonly Row[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let i = at - 1; i >= 0; i--) {
    if ((rows[i]?.level ?? 0) < level) {
      return i;
    }
  }
  return at;
}

export const labelOf = (row: Row): string =>
  row.kind === "package" ? row.node.label : row.kind === "symbol" ? row.item.name : "";

/** The next row, from the one after `at` on, whose label begins with the text. */
export function typedAhead(rows: readonly Row[], at: number, text: string): number {
  const wanted = text.toLowerCase();
  for (let step = 1; step <= rows.length; step++) {
    const i = (at + step) % rows.length;
    const row = rows[i];
    if (row && labelOf(row).toLowerCase().startsWith(wanted)) {
      return i;
    }
  }
  return at;
}
