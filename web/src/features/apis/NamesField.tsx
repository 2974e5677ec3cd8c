// SPDX-License-Identifier: Apache-2.0
import { useId } from "react";
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
  /** What is being typed: whoever saves takes it in, too. */
  typed: string;
  onType: (typed: string) => void;
  onAdd: () => void;
}

/** Names of rules, added one by one; what there is comes up while typing. */
export function NamesField(props: NamesProps) {
  const { label, hint, error, names, categories, typed, onChange, onType, onAdd } = props;
  const { t } = useI18n(texts);
  const list = useId();
  const choices = [
    ...(categories ? CATEGORIES.map((name) => [name, t.policy.categories[name]]) : []),
    ...Object.entries(t.rules),
  ];
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
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            // Enter adds the name here; it sends the form elsewhere.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onAdd();
            }
          }}
        />
        <Button icon={PlusIcon} onClick={onAdd} disabled={typed.trim() === ""}>
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
