// SPDX-License-Identifier: Apache-2.0
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { createDeferred } from "@/lib/deferred";
import { BareDialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { SearchIcon } from "@/ui/icons";
import { Kbd, Prose } from "@/ui/Text";
import { type Command, step } from "./model";
import styles from "./Palette.module.css";
import { type Entry, useEntries } from "./useEntries";

const WAIT_MS = 80;

interface PaletteProps {
  commands: readonly Command[];
  onClose: () => void;
}

/** One field that finds everything and does everything. */
export default function Palette({ commands, onClose }: PaletteProps) {
  const { t } = useI18n();
  const router = useRouter();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const { entries, busy, error, query } = useEntries(asked, commands);
  const at = Math.min(chosen, Math.max(0, entries.length - 1));
  const deferred = useMemo(
    () =>
      createDeferred((next) => {
        setAsked(next);
        setChosen(0);
      }, WAIT_MS),
    [],
  );
  useEffect(() => deferred.stop, [deferred]);
  // Enter may be faster than the answer to what was typed; it waits for that.
  const settled = text === asked && !busy;
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (entered && settled) {
      setEntered(false);
      open(entries[at]);
    }
  });

  const open = (entry: Entry | undefined) => {
    if (entry) {
      onClose();
      entry.run?.();
      if (entry.href) {
        router.history.push(entry.href);
      }
    }
  };
  const press = (event: KeyboardEvent) => {
    // Enter and the arrows belong to the input method while it composes.
    if (event.nativeEvent.isComposing) {
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setEntered(false);
      setChosen(step(at, by, entries.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (text !== asked) {
        deferred.now(text);
      }
      setEntered(true);
    }
  };
  return (
    <BareDialog label={t.palette.title} className={styles.palette ?? ""} onClose={onClose}>
      <div className={styles.head} data-body="">
        <Icon of={SearchIcon} />
        <input
          className={styles.input}
          role="combobox"
          aria-label={t.palette.title}
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={entries[at] ? `${list}-${at}` : undefined}
          aria-autocomplete="list"
          placeholder={t.palette.placeholder}
          value={text}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setEntered(false);
            deferred.typed(event.target.value);
          }}
          onCompositionStart={deferred.compositionStart}
          onCompositionEnd={(event) => deferred.compositionEnd(event.currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <Results id={list} entries={entries} at={at} onOpen={open} onChoose={setChosen} />
      <p className={styles.none} role="status">
        {error
          ? t.palette.failed
          : entries.length === 0 && query !== "" && !busy
            ? t.palette.none
            : ""}
      </p>
      <footer className={styles.foot}>
        <span>{t.palette.keys}</span>
        <span>{t.palette.hint}</span>
      </footer>
    </BareDialog>
  );
}

interface ResultsProps {
  id: string;
  entries: readonly Entry[];
  at: number;
  onOpen: (entry: Entry) => void;
  onChoose: (at: number) => void;
}

export function Results({ id, entries, at, onOpen, onChoose }: ResultsProps) {
  const { t } = useI18n();
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice, another place
  useEffect(() => {
    // Newer browsers answer with a promise, which is nothing for React.
    chosen.current?.scrollIntoView?.({ block: "nearest" });
  }, [at, entries.length]);
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t.palette.results}
      className={styles.list}
      tabIndex={-1}
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, as listboxes have
        <div key={group} role="group" aria-label={group}>
          <p className={styles.group} aria-hidden="true">
            {group}
          </p>
          {entries.map((entry, i) =>
            entry.group === group ? (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field keeps the focus and takes the keys
              <div
                key={entry.id}
                id={`${id}-${i}`}
                ref={i === at ? chosen : undefined}
                role="option"
                aria-selected={i === at}
                className={styles.option}
                onMouseMove={() => i !== at && onChoose(i)}
                onClick={() => onOpen(entry)}
              >
                <Icon of={entry.icon} />
                <span className={styles.title} lang={entry.lang}>
                  {entry.title}
                </span>
                {entry.detail && (
                  <span className={styles.detail}>
                    <Prose text={entry.detail} />
                  </span>
                )}
                {entry.keys && <Kbd>{entry.keys}</Kbd>}
              </div>
            ) : null,
          )}
        </div>
      ))}
    </div>
  );
}
