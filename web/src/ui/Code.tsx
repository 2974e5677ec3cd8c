// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { copyText } from "@/lib/clipboard";
import { IconButton } from "./Button";
import styles from "./Code.module.css";
import { cx } from "./cx";
import { CheckIcon, CopyIcon } from "./icons";
import { Inline, Mono } from "./Text";
import { toast } from "./Toast";

const SHOWN_MS = 2000;

interface CopyButtonProps {
  text: string;
  label?: string;
  /** Over other content: it needs a frame and a ground of its own. */
  framed?: boolean;
}

/** Copies a text and says so, in the button and to screen readers. */
export function CopyButton({ text, label, framed }: CopyButtonProps) {
  const { t } = useI18n();
  const [done, setDone] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    if (!(await copyText(text))) {
      toast(t.common.copyFailed, "bad");
      return;
    }
    setDone(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(false), SHOWN_MS);
  };
  return (
    <>
      <IconButton
        small
        look={framed ? "plain" : "quiet"}
        className={framed ? undefined : styles.inText}
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

/** A name that people carry to another program. */
export function Copyable({ text }: { text: string }) {
  return (
    <Inline>
      <Mono>{text}</Mono>
      <CopyButton text={text} />
    </Inline>
  );
}

interface CodeBlockProps {
  text: string;
  label: string;
  /** Lines to point at, counted from 1. */
  marked?: readonly number[];
  /** The line to scroll to; else the first marked one. */
  current?: number | undefined;
  numbers?: boolean;
  /** Inside a panel without padding: no frame of its own. */
  bare?: boolean;
}

export function CodeBlock(props: CodeBlockProps) {
  const { text, label, marked = [], current, numbers = true, bare } = props;
  const lines = text.replace(/\n$/, "").split("\n");
  const first = useRef<HTMLDivElement>(null);
  const wanted = current ?? Math.min(...marked);
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
            return (
              <div
                key={number}
                ref={number === wanted ? first : undefined}
                className={cx(
                  styles.line,
                  marked.includes(number) && styles.marked,
                  number === current && styles.current,
                )}
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
        <CopyButton text={text} framed />
      </div>
    </div>
  );
}
