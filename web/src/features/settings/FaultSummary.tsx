// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useEffect, useRef } from "react";
import { useI18n } from "@/i18n";
import { texts } from "./messages";
import type { Faults, FieldName } from "./model";
import styles from "./Settings.module.css";

/**
 * What is wrong with a form, above it. Takes the focus with each failed try;
 * each entry leads to its field.
 */
export function FaultSummary({
  faults,
  whole,
  tries,
  form,
}: {
  faults: Faults;
  /** What concerns no single field. */
  whole: string | undefined;
  /** How often it has failed. */
  tries: number;
  form: RefObject<HTMLFormElement | null>;
}) {
  const { t } = useI18n(texts);
  const box = useRef<HTMLDivElement>(null);
  const names = Object.keys(faults) as FieldName[];
  const labels: Record<FieldName, string> = t.tokens.draft;
  useEffect(() => {
    if (tries > 0) {
      box.current?.focus();
    }
  }, [tries]);
  if (names.length === 0 && whole === undefined) {
    return null;
  }
  const go = (name: FieldName) =>
    form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  return (
    <div ref={box} className={styles.faults} role="alert" tabIndex={-1}>
      {names.length > 0 ? <p>{t.tokens.draft.faults(names.length)}</p> : <p>{whole}</p>}
      <ul>
        {names.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => go(name)}>
              {labels[name]}: {faults[name]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
