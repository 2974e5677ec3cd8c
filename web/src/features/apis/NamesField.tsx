// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { CloseIcon, PlusIcon } from "@/ui/icons";
import { CATEGORIES } from "./diffSearch";
import { texts } from "./messages";
import css from "./Policy.module.css";

interface NamesProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  names: readonly string[];
  /** Categories may be named, too. */
  categories?: boolean;
  onChange: (names: string[]) => void;
}

/** Names of rules, added one by one; what there is comes up while typing. */
export function NamesField({ label, hint, error, names, categories, onChange }: NamesProps) {
  const { t } = useI18n(texts);
  const [typed, setTyped] = useState("");
  const list = useId();
  const choices = [
    ...(categories ? CATEGORIES.map((name) => [name, t.policy.categories[name]]) : []),
    ...Object.entries(t.rules),
  ];
  const add = () => {
    const name = typed.trim().toUpperCase();
    if (name !== "") {
      onChange([...names.filter((each) => each !== name), name]);
      setTyped("");
    }
  };
  return (
    <div className={css.names}>
      <div className={css.adding}>
        <TextField
          label={label}
          hint={hint}
          error={error}
          list={list}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            // Enter adds the name here; it sends the form elsewhere.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              add();
            }
          }}
        />
        <Button icon={PlusIcon} onClick={add} disabled={typed.trim() === ""}>
          {t.policy.add}
        </Button>
      </div>
      <datalist id={list}>
        {choices.map(([name, meaning]) => (
          <option key={name} value={name}>
            {meaning}
          </option>
        ))}
      </datalist>
      {names.length > 0 && (
        <ul className={css.picked}>
          {names.map((name) => (
            <li key={name}>
              <Button
                small
                icon={CloseIcon}
                aria-label={t.policy.take(name)}
                onClick={() => onChange(names.filter((each) => each !== name))}
              >
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
