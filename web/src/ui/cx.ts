// SPDX-License-Identifier: Apache-2.0

/** Class names that apply, joined. */
export function cx(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
