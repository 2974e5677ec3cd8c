// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";

/** Those that are open, in the order in which they were opened. */
let modals: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

function put(next: readonly HTMLDialogElement[]) {
  modals = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that a modal is open; call what it returns when it is closed. */
export function pushModal(dialog: HTMLDialogElement): () => void {
  put([...modals, dialog]);
  return () => put(modals.filter((each) => each !== dialog));
}

/** The last is over all others: nothing outside of it can be clicked. */
export const openModals = () => modals;
export const useModals = () => useSyncExternalStore(subscribe, openModals);
