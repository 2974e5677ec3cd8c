// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";

/** A value outside of components, of which those that use it are told. */
export function createStore<T>(first: T) {
  let value = first;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get,
    /** The same value again is no news. */
    set: (next: T) => {
      if (Object.is(next, value)) {
        return;
      }
      value = next;
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe,
    use: () => useSyncExternalStore(subscribe, get),
  };
}
