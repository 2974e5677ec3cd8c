// SPDX-License-Identifier: Apache-2.0
// Runs before every test file: what jsdom lacks, and a clean page after each test.
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

/** Sizes never change in jsdom; what asks for them gets one answer. */
class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= StillObserver;
Element.prototype.scrollTo ??= () => {};
globalThis.scrollTo = () => {};

/** The parts of native dialogs and popovers that the page relies on. */
const dialog = HTMLDialogElement.prototype;
const focusBefore = new WeakMap<HTMLDialogElement, Element | null>();
dialog.showModal ??= function showModal(this: HTMLDialogElement) {
  focusBefore.set(this, document.activeElement);
  this.setAttribute("open", "");
};
dialog.close ??= function close(this: HTMLDialogElement) {
  if (this.hasAttribute("open")) {
    this.removeAttribute("open");
    const before = focusBefore.get(this);
    if (this.isConnected && before instanceof HTMLElement) {
      before.focus();
    }
    queueMicrotask(() => this.dispatchEvent(new Event("close")));
  }
};
HTMLElement.prototype.showPopover ??= () => {};
HTMLElement.prototype.hidePopover ??= () => {};

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
});
