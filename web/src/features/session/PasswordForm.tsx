// SPDX-License-Identifier: Apache-2.0
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { describeLine } from "@/api/describe";
import { fieldFaults } from "@/api/problem";
import { useI18n } from "@/i18n";
import type { Messages } from "@/i18n/ja";
import { Button } from "@/ui/Button";
import { PasswordField } from "@/ui/Field";
import { changePassword } from "./api";
import styles from "./SignIn.module.css";

const MIN = 12;

interface Typed {
  current: string;
  fresh: string;
  again: string;
}

type Faults = Partial<Record<keyof Typed, string>>;

/** What can be told without the server. */
export function passwordFaults(typed: Typed, t: Messages): Faults {
  const faults: Faults = {};
  if ([...typed.fresh].length < MIN) {
    faults.fresh = t.password.tooShort;
  } else if (typed.fresh !== typed.again) {
    faults.again = t.password.mismatch;
  }
  return faults;
}

/** What the server said, beside the field that it concerns. */
function serverFaults(error: unknown, t: Messages): Faults & { whole?: string } {
  if (!error) {
    return {};
  }
  const { current, new: fresh } = fieldFaults(error);
  if (current) {
    return { current: t.password.wrong };
  }
  return fresh ? { fresh } : { whole: describeLine(error, t) };
}

export function PasswordForm({ username, onDone }: { username: string; onDone: () => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState<Typed>({ current: "", fresh: "", again: "" });
  const [found, setFound] = useState<Faults>({});
  const change = useMutation({
    mutationFn: () => changePassword(typed.current, typed.fresh),
    onSuccess: () => {
      setTyped({ current: "", fresh: "", again: "" });
      onDone();
    },
  });
  const answered = serverFaults(change.error, t);
  const field = (name: keyof Typed, label: string, complete: string, hint?: string) => (
    <PasswordField
      label={label}
      hint={hint}
      name={name}
      autoComplete={complete}
      required
      maxLength={256}
      value={typed[name]}
      error={found[name] ?? answered[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  const submit = () => {
    const faults = passwordFaults(typed, t);
    setFound(faults);
    if (Object.keys(faults).length === 0 && typed.current) {
      change.mutate();
    }
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {/* For password managers: whose password this is. */}
      <input hidden readOnly name="username" autoComplete="username" value={username} />
      {field("current", t.password.current, "current-password")}
      {field("fresh", t.password.fresh, "new-password", t.password.freshHint)}
      {field("again", t.password.again, "new-password")}
      <div role="alert">{answered.whole && <p className={styles.fault}>{answered.whole}</p>}</div>
      <Button look="primary" type="submit" disabled={change.isPending}>
        {t.password.submit}
      </Button>
    </form>
  );
}
