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

/** The modal over all others, if there is one: nothing outside of it can be clicked. */
export const useTopModal = () => useSyncExternalStore(subscribe, () => modals.at(-1));
