// SPDX-License-Identifier: Apache-2.0
// Full names of protobuf: `acme.payment.v1.PaymentService.Charge`.

export const lastOf = (fullName: string) => fullName.slice(fullName.lastIndexOf(".") + 1);

export function parentOf(fullName: string): string {
  const dot = fullName.lastIndexOf(".");
  return dot < 0 ? "" : fullName.slice(0, dot);
}

/** As a reader of the package would write it: without what both have in common. */
export function relativeTo(fullName: string, packageName: string): string {
  return packageName !== "" && fullName.startsWith(`${packageName}.`)
    ? fullName.slice(packageName.length + 1)
    : fullName;
}

/** What is declared in the package itself and holds the symbol, or is it. */
export function topOf(fullName: string, packageName: string): string {
  const [first = ""] = relativeTo(fullName, packageName).split(".");
  return packageName === "" ? first : `${packageName}.${first}`;
}

/** The syntax of a file as its first line says it, or `edition 2023`. */
export const syntaxName = (syntax: string) =>
  /^proto\d$/.test(syntax) ? syntax : `edition ${syntax}`;

const FULL_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const TYPE_NAME = /^[A-Z]\w*(?:\.[A-Za-z_]\w*)*$/;

/**
 * The full name that a comment means: it names something in a package of this
 * repository, or a type beside the one that the comment is about.
 */
export function meantBy(
  name: string,
  packageName: string,
  packages: ReadonlySet<string>,
): string | undefined {
  if (name.length > 500) {
    return undefined;
  }
  if (FULL_NAME.test(name)) {
    for (let scope = name; scope !== ""; scope = parentOf(scope)) {
      if (packages.has(scope)) {
        return name;
      }
    }
  }
  if (TYPE_NAME.test(name)) {
    return packageName === "" ? name : `${packageName}.${name}`;
  }
  return undefined;
}
