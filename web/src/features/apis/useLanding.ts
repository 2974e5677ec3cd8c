// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useCallback, useEffect, useRef } from "react";

/**
 * Puts the keyboard at an element, and keeps it there through what is then read
 * anew: rows move, controls go. It ends with whatever the reader does next. An
 * element that has gone itself leaves the keyboard to another one.
 */
export function useLanding(otherwise: RefObject<HTMLElement | null>) {
  const at = useRef<HTMLElement>(undefined);
  useEffect(() => {
    if (at.current && document.activeElement === document.body) {
      (at.current.isConnected ? at.current : otherwise.current)?.focus();
    }
  });
  useEffect(() => {
    const end = () => {
      at.current = undefined;
    };
    addEventListener("keydown", end, true);
    addEventListener("pointerdown", end, true);
    return () => {
      removeEventListener("keydown", end, true);
      removeEventListener("pointerdown", end, true);
    };
  }, []);
  return useCallback((to: HTMLElement | null) => {
    at.current = to ?? undefined;
    to?.focus();
  }, []);
}
