// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { PasswordField, TextField } from "@/ui/Field";
import styles from "./SignIn.module.css";

interface SignInFormProps {
  busy: boolean;
  fault: string | undefined;
  username?: string;
  onSubmit: (username: string, password: string) => void;
}

export function SignInForm({ busy, fault, username = "", onSubmit }: SignInFormProps) {
  const { t } = useI18n();
  const [name, setName] = useState(username);
  const [password, setPassword] = useState("");
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    (username ? passwordField : nameField).current?.focus();
  }, [username]);
  useEffect(() => {
    if (fault) {
      passwordField.current?.select();
    }
  }, [fault]);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && name && password) {
          onSubmit(name, password);
        }
      }}
    >
      <TextField
        ref={nameField}
        label={t.signIn.username}
        name="username"
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        required
        maxLength={64}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PasswordField
        ref={passwordField}
        label={t.signIn.password}
        name="password"
        autoComplete="current-password"
        required
        maxLength={256}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div role="alert">{fault && <p className={styles.fault}>{fault}</p>}</div>
      <Button look="primary" type="submit" disabled={busy}>
        {busy ? t.signIn.busy : t.signIn.submit}
      </Button>
    </form>
  );
}
