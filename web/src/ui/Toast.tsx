// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useI18n } from "@/i18n";
import { createStore } from "@/lib/store";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { CheckIcon, CloseIcon, WarnIcon } from "./icons";
import { openModals, useModals } from "./modals";
import styles from "./Toast.module.css";

interface Item {
  id: number;
  text: string;
  tone: "ok" | "bad";
  action?: Action | undefined;
  /** That was open. */
  modal: HTMLDialogElement | undefined;
}

/** What can still be done about it, for as long as it is said. */
interface Action {
  label: string;
  run: () => void;
}

const SHOWN_MS = 6000;
/** Whoever may take something back has to find the button first. */
const ACTION_MS = 8000;
const items = createStore<readonly Item[]>([]);
let last = 0;

const drop = (id: number) => items.set(items.get().filter((item) => item.id !== id));

/** The result of something the person just did; never of anything else. */
export function toast(text: string, tone: "ok" | "bad" = "ok", action?: Action): void {
  last += 1;
  const id = last;
  items.set([...items.get().slice(-2), { id, text, tone, action, modal: openModals().at(-1) }]);
  setTimeout(() => drop(id), action ? ACTION_MS : SHOWN_MS);
}

/**
 * What comes of a modal is told within it, and once that is closed in the one below,
 * or there would be no undoing. All else is told in the region of the page, which is
 * always there: screen readers pass over what appears together with its text.
 */
export function Toasts() {
  const modals = useModals();
  const shown = items.use();
  const within = ({ modal }: Item) => modal && (modals.includes(modal) ? modal : modals.at(-1));
  const of = (modal?: HTMLDialogElement) => shown.filter((item) => within(item) === modal);
  return (
    <>
      <Region items={of()} />
      {modals.map((modal, i) => createPortal(<Region items={of(modal)} />, modal, String(i)))}
    </>
  );
}

function Region({ items: shown }: { items: readonly Item[] }) {
  const { t } = useI18n();
  const ref = useRef<HTMLDivElement>(null);
  // In the top layer.
  useEffect(() => ref.current?.showPopover(), []);
  return (
    <div ref={ref} popover="manual" className={styles.region} role="status" aria-live="polite">
      {shown.map((item) => (
        <div key={item.id} className={cx(styles.toast, item.tone === "bad" && styles.bad)}>
          <Icon of={item.tone === "bad" ? WarnIcon : CheckIcon} />
          <p>{item.text}</p>
          {item.action && (
            <Button
              small
              onClick={() => {
                drop(item.id);
                item.action?.run();
              }}
            >
              {item.action.label}
            </Button>
          )}
          <IconButton
            small
            look="quiet"
            icon={CloseIcon}
            label={t.common.close}
            onClick={() => drop(item.id)}
          />
        </div>
      ))}
    </div>
  );
}
