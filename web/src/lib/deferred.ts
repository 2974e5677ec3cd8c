// SPDX-License-Identifier: Apache-2.0

/**
 * Hands typed text on after a pause, and never during an input-method
 * composition: half of a Japanese word would filter everything away.
 */
export function createDeferred(commit: (text: string) => void, delayMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let composing = false;

  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const later = (text: string) => {
    stop();
    timer = setTimeout(() => {
      timer = undefined;
      commit(text);
    }, delayMs);
  };

  return {
    typed(text: string) {
      if (!composing) {
        later(text);
      }
    },
    compositionStart() {
      composing = true;
      stop();
    },
    compositionEnd(text: string) {
      composing = false;
      later(text);
    },
    /** At once: Enter, or the clear button. */
    now(text: string) {
      if (!composing) {
        stop();
        commit(text);
      }
    },
    stop,
  };
}
