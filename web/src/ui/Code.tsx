// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { IconButton } from "./Button";
import styles from "./Code.module.css";
import { cx } from "./cx";
import { CheckIcon, CopyIcon } from "./icons";

const SHOWN_MS = 2000;

/** Copies a text and says so, in the button and to screen readers. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useI18n();
  const [done, setDone] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(false), SHOWN_MS);
  };
  return (
    <>
      <IconButton
        small
        icon={done ? CheckIcon : CopyIcon}
        label={done ? t.common.copied : (label ?? t.common.copy)}
        onClick={copy}
      />
      <span className="visually-hidden" role="status">
        {done ? t.common.copied : ""}
      </span>
    </>
  );
}

interface CodeBlockProps {
  text: string;
  label: string;
  /** Lines to point at, counted from 1. */
  marked?: readonly number[];
  numbers?: boolean;
  /** Inside a panel without padding: no frame of its own. */
  bare?: boolean;
}

export function CodeBlock({ text, label, marked = [], numbers = true, bare }: CodeBlockProps) {
  const lines = text.replace(/\n$/, "").split("\n");
  const first = useRef<HTMLDivElement>(null);
  const wanted = Math.min(...marked);
  useEffect(() => {
    // Scrolls the block alone: the page must not jump.
    const line = first.current;
    const box = line?.closest("figure");
    if (line && box && Number.isFinite(wanted)) {
      box.scrollTop = line.offsetTop - box.clientHeight / 3;
    }
  }, [wanted]);
  return (
    <div className={cx(styles.wrap, bare && styles.bare)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <figure className={cx(styles.code, !numbers && styles.plain)} tabIndex={0} aria-label={label}>
        <pre>
          {lines.map((line, i) => {
            const number = i + 1;
            const isMarked = marked.includes(number);
            return (
              <div
                key={number}
                ref={number === wanted ? first : undefined}
                className={cx(styles.line, isMarked && styles.marked)}
              >
                {numbers && (
                  <span className={styles.number} aria-hidden="true">
                    {number}
                  </span>
                )}
                <span>{line || " "}</span>
              </div>
            );
          })}
        </pre>
      </figure>
      <div className={styles.copy}>
        <CopyButton text={text} />
      </div>
    </div>
  );
}
