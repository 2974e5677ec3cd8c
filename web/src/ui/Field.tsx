// SPDX-License-Identifier: Apache-2.0
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from "react";
import { useI18n } from "@/i18n";
import { cx } from "./cx";
import styles from "./Field.module.css";
import { Icon, type IconType } from "./Icon";
import { HideIcon, ShowIcon, WarnIcon } from "./icons";

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** Label, control, hint and fault, wired for screen readers. */
function Field({
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const { t } = useI18n();
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}>{t.common.optional}</span>}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon of={WarnIcon} size={12} />
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps &
  InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, optional, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wiring) => <input {...wiring} {...rest} className={styles.input} />}
    </Field>
  );
}

type AreaProps = FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextArea({ label, hint, error, optional, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wiring) => <textarea {...wiring} {...rest} className={styles.input} />}
    </Field>
  );
}

export function PasswordField({ label, hint, error, onKeyUp, ...rest }: TextFieldProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const name = shown ? t.signIn.hidePassword : t.signIn.showPassword;
  return (
    <Field label={label} hint={caps ? t.signIn.capsLock : hint} error={error}>
      {(wiring) => (
        <div className={styles.password}>
          <input
            {...wiring}
            {...rest}
            type={shown ? "text" : "password"}
            className={styles.input}
            onKeyUp={(event) => {
              setCaps(event.getModifierState("CapsLock"));
              onKeyUp?.(event);
            }}
          />
          <button
            type="button"
            className={styles.reveal}
            aria-label={name}
            title={name}
            onClick={() => setShown(!shown)}
          >
            <Icon of={shown ? HideIcon : ShowIcon} />
          </button>
        </div>
      )}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange"> & {
  options: readonly Option[];
  onChange: (value: string) => void;
};

function Options({ options }: { options: readonly Option[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
}

export function SelectField({
  label,
  hint,
  error,
  options,
  onChange,
  ...rest
}: FieldProps & SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <select
          {...wiring}
          {...rest}
          className={styles.select}
          onChange={(event) => onChange(event.target.value)}
        >
          <Options options={options} />
        </select>
      )}
    </Field>
  );
}

/** A select whose first option says what it filters. */
export function FilterSelect({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <select
      aria-label={label}
      className={cx(styles.select, styles.filter, value !== "" && styles.chosen)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <Options options={options} />
    </select>
  );
}

export function Checkbox({
  children,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { children: ReactNode }) {
  return (
    <label className={styles.check}>
      <input {...rest} type="checkbox" />
      <span>{children}</span>
    </label>
  );
}

/** Several controls under one name. */
export function FieldGroup({ label, hint, error, children }: FieldProps & { children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{label}</legend>
      {children}
      {hint && <p className={styles.hint}>{hint}</p>}
      {error && (
        <p className={styles.error}>
          <Icon of={WarnIcon} size={12} />
          {error}
        </p>
      )}
    </fieldset>
  );
}

export interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: IconType;
}

/** One of a few: radio buttons that look like one control. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
  visibleLabel,
}: {
  label: string;
  value: T;
  options: readonly Segment<T>[];
  onChange: (value: T) => void;
  visibleLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={visibleLabel ? styles.label : "visually-hidden"}>{label}</legend>
      <div className={styles.segments}>
        {options.map((option) => (
          <label key={option.value} className={styles.segment}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon && <Icon of={option.icon} size={14} />}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
