// SPDX-License-Identifier: Apache-2.0
import { createStore } from "@/lib/store";

/** Those that are open, in the order in which they were opened. */
const modals = createStore<readonly HTMLDialogElement[]>([]);

/** Says that a modal is open; call what it returns when it is closed. */
export function pushModal(dialog: HTMLDialogElement): () => void {
  modals.set([...modals.get(), dialog]);
  return () => modals.set(modals.get().filter((each) => each !== dialog));
}

/** The last is over all others: nothing outside of it can be clicked. */
export const openModals = modals.get;
export const useModals = modals.use;
