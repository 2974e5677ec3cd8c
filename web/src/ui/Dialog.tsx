// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, type Ref, useId, useLayoutEffect, useRef } from "react";
import { useI18n } from "@/i18n";
import { IconButton } from "./Button";
import { cx } from "./cx";
import styles from "./Dialog.module.css";
import { CloseIcon } from "./icons";
import { pushModal } from "./modals";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Set = neither Escape nor a click beside it closes it. */
  locked?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/** Where the keyboard starts: in the content, not at the button that closes it. */
const FIRST = [
  "input:not([type=radio]):not(:disabled)",
  "input:checked",
  "select",
  "textarea",
  "button:not(:disabled)",
  "[tabindex='0']",
]
  .map((each) => `[data-body] ${each}`)
  .join(",");

/** Opens the native modal for as long as the component is there. */
function useModal(onClose: () => void, locked: boolean) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  // A layout effect: it ends while the dialog is still in the document, and
  // only then closing it gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) {
      return;
    }
    const cancel = (event: Event) => {
      event.preventDefault();
      if (!locked) {
        close.current();
      }
    };
    const beside = (event: MouseEvent) => {
      if (event.target === dialog && !locked) {
        close.current();
      }
    };
    // Browsers let a page hold a dialog open against Escape only once.
    const closed = () => {
      locked ? dialog.showModal() : close.current();
    };
    dialog.addEventListener("cancel", cancel);
    dialog.addEventListener("close", closed);
    dialog.addEventListener("mousedown", beside);
    if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>(FIRST)?.focus();
    }
    const popModal = pushModal(dialog);
    return () => {
      popModal();
      dialog.removeEventListener("cancel", cancel);
      dialog.removeEventListener("close", closed);
      dialog.removeEventListener("mousedown", beside);
      dialog.close();
    };
  }, [locked]);
  return ref;
}

export function Dialog({ title, onClose, locked = false, wide, children }: DialogProps) {
  const { t } = useI18n();
  const id = useId();
  const ref = useModal(onClose, locked);
  return (
    <dialog ref={ref} className={cx(styles.dialog, wide && styles.wide)} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {!locked && (
          <IconButton look="quiet" icon={CloseIcon} label={t.common.close} onClick={onClose} />
        )}
      </div>
      <div className={styles.body} data-body="">
        {children}
      </div>
    </dialog>
  );
}

export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}

/** A modal without a frame of its own. */
export function BareDialog({
  label,
  className,
  onClose,
  children,
}: {
  label: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useModal(onClose, false);
  return (
    <dialog ref={ref} className={cx(styles.dialog, className)} aria-label={label}>
      {children}
    </dialog>
  );
}

/** A drawer at the left edge. */
export function Sheet({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useModal(onClose, false);
  return (
    <dialog ref={ref} className={styles.sheet} aria-label={label}>
      {children}
    </dialog>
  );
}

/** Details beside a list, at the right edge, over the whole height. */
export function SideSheet({
  title,
  actions,
  onClose,
  children,
}: {
  title: ReactNode;
  /** Before the button that closes it. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useI18n();
  const id = useId();
  const ref = useModal(onClose, false);
  return (
    <dialog ref={ref} className={styles.aside} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <div className={styles.tools}>
          {actions}
          <IconButton look="quiet" icon={CloseIcon} label={t.common.close} onClick={onClose} />
        </div>
      </div>
      <div className={styles.body} data-body="">
        {children}
      </div>
    </dialog>
  );
}

/** What a button needs to open its popover. */
export interface PopoverTrigger {
  popoverTarget: string;
  ref: Ref<HTMLButtonElement>;
}

const GAP = 4;

/**
 * A native popover below its button, kept inside the window. The browser
 * closes it on Escape and on a click elsewhere, and gives the focus back.
 */
export function Popover({
  trigger,
  label,
  children,
}: {
  trigger: (props: PopoverTrigger) => ReactNode;
  label: string;
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const place = () => {
    const from = button.current?.getBoundingClientRect();
    if (!from || !box.current) {
      return;
    }
    const { offsetWidth: width, offsetHeight: height } = box.current;
    const left = Math.min(from.right - width, innerWidth - width - 8);
    const below = from.bottom + GAP;
    const top = below + height < innerHeight ? below : Math.max(8, from.top - height - GAP);
    box.current.style.left = `${Math.max(8, left)}px`;
    box.current.style.top = `${top}px`;
  };
  return (
    <>
      {trigger({ popoverTarget: id, ref: button })}
      <div
        ref={box}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.pop}
        onToggle={place}
      >
        {children(() => box.current?.hidePopover())}
      </div>
    </>
  );
}
