// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useId } from "react";
import { useI18n } from "@/i18n";
import { cx } from "./cx";
import styles from "./Panel.module.css";

interface PanelProps {
  title: string;
  /** Right end of the header: age, a link. */
  aside?: ReactNode;
  /** No padding: for tables and code. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, aside, flush, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside && <div className={styles.aside}>{aside}</div>}
      </header>
      <div className={cx(styles.body, flush && styles.flush)}>{children}</div>
    </section>
  );
}

/** What a panel says when there is nothing: never the same as an error. */
export function PanelNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}

export interface Entry {
  key: string;
  label: ReactNode;
  /** null or undefined = the spec does not say. */
  value: ReactNode;
}

export function KeyValue({ entries }: { entries: readonly Entry[] }) {
  const { t } = useI18n();
  return (
    <dl className={styles.kv}>
      {entries.map(({ key, label, value }) => (
        // A fragment would do, but a div may group a dt with its dd.
        <Pair key={key} label={label}>
          {value ?? <span className={styles.missing}>{t.common.notGiven}</span>}
        </Pair>
      ))}
    </dl>
  );
}

function Pair({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
