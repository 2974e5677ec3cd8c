// SPDX-License-Identifier: Apache-2.0

/** What this device stored under a key, or undefined when there is nothing usable. */
export function load(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value; a closed or full storage only means that it is not remembered. */
export function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows refuse storage: the choice then lives as long as the page.
  }
}
