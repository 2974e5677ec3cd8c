// SPDX-License-Identifier: Apache-2.0
// How a symbol or package is named in an address: `/apis/REPOSITORY/NAME`.

/** What else has an address there; nothing keeps a symbol from having such a name. */
export const SCREENS = ["files", "revisions", "diff", "policy"] as const;

/** Stands for the package of files that name none; no symbol can have this name. */
export const UNNAMED = "-";

/** With a dot in front, as protobuf itself writes a name from the root, where it needs one. */
export function toAddress(name: string): string {
  const taken: readonly string[] = SCREENS;
  return name === "" ? UNNAMED : taken.includes(name) ? `.${name}` : name;
}

export function fromAddress(part: string): string {
  return part === UNNAMED ? "" : part.replace(/^\./, "");
}
