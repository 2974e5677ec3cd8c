// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { describe } from "@/api/describe";
import { useI18n } from "@/i18n";
import { matches } from "@/lib/text";
import { Segments, TextArea, TextField } from "@/ui/Field";
import { PanelNote } from "@/ui/Panel";
import { ErrorPanel } from "@/ui/State";
import { Meta } from "@/ui/Text";
import { factKeysQuery } from "./api";
import { EXAMPLES } from "./draft";
import type { PartProps } from "./EditorForm";
import { texts } from "./messages";
import { shown } from "./rule";
import styles from "./Todos.module.css";

/** By what it is known that an item is done. */
export function RuleFields({ draft, faults, onChange }: PartProps) {
  const { t } = useI18n(texts);
  const box = useRef<HTMLDivElement>(null);
  /** Puts a text where the cursor is, and leaves the cursor behind it. */
  const insert = (text: string) => {
    const area = box.current?.querySelector("textarea");
    const [from, to] = area
      ? [area.selectionStart, area.selectionEnd]
      : [draft.rule.length, draft.rule.length];
    // At once: what is typed next belongs behind it.
    flushSync(() => onChange({ rule: draft.rule.slice(0, from) + text + draft.rule.slice(to) }));
    area?.focus();
    area?.setSelectionRange(from + text.length, from + text.length);
  };
  return (
    <div className={styles.fields} ref={box}>
      <Segments
        label={t.campaignForm.doneWhen}
        value={draft.byRule ? "rule" : "hand"}
        options={[
          { value: "rule", label: t.campaignForm.byRule },
          { value: "hand", label: t.campaignForm.byHand },
        ]}
        onChange={(value) => onChange({ byRule: value === "rule" })}
      />
      {draft.byRule ? (
        <>
          <TextArea
            label={t.campaign.rule}
            hint={t.campaignForm.ruleHint}
            error={faults.rule}
            className={styles.code}
            rows={4}
            maxLength={2000}
            spellCheck={false}
            autoCapitalize="off"
            value={draft.rule}
            onChange={(event) => onChange({ rule: event.target.value })}
          />
          <div>
            <Meta>{t.campaignForm.examples}</Meta>
            <ul className={styles.examples}>
              {EXAMPLES.map((example) => (
                <li key={example}>
                  <button
                    type="button"
                    className={styles.example}
                    onClick={() => onChange({ rule: example })}
                  >
                    <code>{example}</code>
                  </button>
                </li>
              ))}
            </ul>
            <Meta>{t.campaignForm.missingHint}</Meta>
          </div>
          <Keys onPick={(key) => insert(`$.${key}`)} />
        </>
      ) : (
        <PanelNote>{t.campaignForm.handHint}</PanelNote>
      )}
    </div>
  );
}

const MOST = 30;

/** Facts that there are, how many services have each, and what one looks like. */
function Keys({ onPick }: { onPick: (key: string) => void }) {
  const { t } = useI18n(texts);
  const [q, setQ] = useState("");
  const [open, setOpen] = useState(false);
  const keys = useQuery({ ...factKeysQuery, enabled: open });
  const found = (keys.data?.items ?? []).filter(({ key }) => matches(key, q));
  return (
    <details
      className={styles.known}
      onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
    >
      <summary>{t.campaignForm.knownKeys}</summary>
      <TextField
        label={t.campaignForm.findKey}
        maxLength={100}
        value={q}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setQ(event.target.value)}
      />
      {keys.error && !keys.data && (
        <ErrorPanel failure={describe(keys.error, t)} onRetry={() => keys.refetch()} />
      )}
      {keys.data && found.length === 0 && <PanelNote>{t.campaignForm.noKeys}</PanelNote>}
      <ul className={styles.examples}>
        {found.slice(0, MOST).map(({ key, services, example }) => (
          <li key={key}>
            <button type="button" className={styles.example} onClick={() => onPick(key)}>
              <code>{key}</code>
              <span className={styles.soft}>
                {t.services.count(services)} · {shown(example).slice(0, 60)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST && <Meta>{t.common.more(found.length - MOST)}</Meta>}
    </details>
  );
}
