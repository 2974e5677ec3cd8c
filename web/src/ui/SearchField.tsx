// SPDX-License-Identifier: Apache-2.0
import { type Ref, useEffect, useMemo, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { createDeferred } from "@/lib/deferred";
import styles from "./Field.module.css";
import { Icon } from "./Icon";
import { CloseIcon, SearchIcon } from "./icons";
import { Kbd } from "./Text";

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  /** The text, 200 ms after the last key; never in the middle of a composition. */
  onCommit: (text: string) => void;
  /** The key that focuses it, as shown at its end. */
  hotkey?: string;
  ref?: Ref<HTMLInputElement>;
}

export function SearchField({
  label,
  placeholder,
  value,
  onCommit,
  hotkey,
  ref,
}: SearchFieldProps) {
  const { t } = useI18n();
  const [text, setText] = useState(value);
  const committed = useRef(value);
  const latest = useRef(onCommit);
  latest.current = onCommit;

  const deferred = useMemo(
    () =>
      createDeferred((next) => {
        if (next !== committed.current) {
          committed.current = next;
          latest.current(next);
        }
      }, 200),
    [],
  );
  useEffect(() => deferred.stop, [deferred]);

  // The address changed from outside (back, a cleared filter): show it.
  useEffect(() => {
    if (value !== committed.current) {
      committed.current = value;
      deferred.stop();
      setText(value);
    }
  }, [value, deferred]);

  const put = (next: string) => {
    setText(next);
    deferred.now(next);
  };

  return (
    <div className={styles.search}>
      <Icon of={SearchIcon} />
      {/* biome-ignore lint/a11y/useSemanticElements: browsers give type=search a clear button and keys of their own */}
      <input
        ref={ref}
        type="text"
        role="searchbox"
        className={styles.input}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          deferred.typed(event.target.value);
        }}
        onCompositionStart={deferred.compositionStart}
        onCompositionEnd={(event) => deferred.compositionEnd(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) {
            return;
          }
          if (event.key === "Enter") {
            deferred.now(text);
          }
          if (event.key === "Escape") {
            text ? put("") : event.currentTarget.blur();
          }
        }}
      />
      <span className={styles.searchEnd}>
        {text && (
          <button
            type="button"
            className={styles.clear}
            aria-label={t.filter.clear}
            title={t.filter.clear}
            onClick={() => put("")}
          >
            <Icon of={CloseIcon} size={14} />
          </button>
        )}
        {hotkey && <Kbd>{hotkey}</Kbd>}
      </span>
    </div>
  );
}
