// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";

/** What of a keyboard event decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

const SEQUENCE_MS = 1000;

/** The name of a key press as bindings write it: `j`, `?`, `mod+k`; undefined when it can be none. */
export function keyName(press: KeyPress): string | undefined {
  if (press.isComposing || press.altKey || press.key === "Process" || press.key === "Dead") {
    return undefined;
  }
  if (press.ctrlKey || press.metaKey) {
    return `mod+${press.key.toLowerCase()}`;
  }
  return press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

/**
 * Follows two-key bindings such as `g s`: answers the binding that this key
 * completes, if any. A key that only begins one is remembered for a second.
 */
export function createSequence(now: () => number) {
  let first = "";
  let at = 0;
  return (name: string, bindings: Iterable<string>): string | undefined => {
    const known = [...bindings];
    const pair = now() - at < SEQUENCE_MS && first ? `${first} ${name}` : "";
    first = "";
    if (pair && known.includes(pair)) {
      return pair;
    }
    if (known.includes(name)) {
      return name;
    }
    if (known.some((binding) => binding.startsWith(`${name} `))) {
      first = name;
      at = now();
    }
    return undefined;
  };
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/**
 * Keys of the whole page. Plain keys are left to fields that have the focus
 * and to open dialogs; `mod+…` works everywhere.
 */
export function useHotkeys(bindings: Record<string, () => void>): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const sequence = createSequence(() => Date.now());
    const press = (event: KeyboardEvent) => {
      const name = keyName(event);
      if (name === undefined || event.defaultPrevented) {
        return;
      }
      const plain = !name.startsWith("mod+");
      if (plain && (typing(event.target) || document.querySelector("dialog[open]"))) {
        return;
      }
      const hit = sequence(name, Object.keys(latest.current));
      if (hit !== undefined) {
        event.preventDefault();
        latest.current[hit]?.();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
