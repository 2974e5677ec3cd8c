// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { describeLine } from "@/api/describe";
import type { Token, TokenCreated } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CodeBlock } from "@/ui/Code";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Banner } from "@/ui/State";
import { firstRequest } from "./example";
import { texts } from "./messages";
import { isNamed } from "./model";
import styles from "./Settings.module.css";

/** The one time that a secret is seen: closing it takes a click that says so. */
export function SecretDialog({
  made,
  origin,
  onClose,
}: {
  made: TokenCreated;
  origin: string;
  onClose: () => void;
}) {
  const { t } = useI18n(texts);
  return (
    <Dialog title={t.tokens.secret.title} locked wide onClose={onClose}>
      <Banner tone="warn">{t.tokens.secret.once}</Banner>
      <section className={styles.secret}>
        <h3>
          {t.tokens.secret.label}: {made.token.name}
        </h3>
        <CodeBlock text={made.secret} label={t.tokens.secret.label} numbers={false} />
      </section>
      <section className={styles.secret}>
        <h3>{t.tokens.secret.try}</h3>
        <CodeBlock
          text={firstRequest(made.token, made.secret, origin)}
          label={t.tokens.secret.try}
          numbers={false}
        />
      </section>
      <DialogFoot>
        <Button look="primary" onClick={onClose}>
          {t.tokens.secret.done}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

interface ConfirmProps {
  token: Token;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function RotateDialog({ token, busy, error, onConfirm, onClose }: ConfirmProps) {
  const { t } = useI18n(texts);
  return (
    <Dialog title={t.tokens.rotateTitle} onClose={onClose}>
      <p>{t.tokens.rotateHint(token.name)}</p>
      <Refusal error={error} />
      <DialogFoot>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button look="primary" disabled={busy} onClick={onConfirm}>
          {t.tokens.rotate}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** What cannot be undone takes more than a click: the name is typed. */
export function RevokeDialog({ token, busy, error, onConfirm, onClose }: ConfirmProps) {
  const { t } = useI18n(texts);
  const [typed, setTyped] = useState("");
  const ready = isNamed(token, typed) && !busy;
  return (
    <Dialog title={t.tokens.revokeTitle} onClose={onClose}>
      <p>{t.tokens.revokeHint(token.name)}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            onConfirm();
          }
        }}
      >
        <TextField
          label={t.tokens.revokeType(token.name)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Refusal error={error} />
        <DialogFoot>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="danger" type="submit" disabled={!ready}>
            {t.tokens.revoke}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function Refusal({ error }: { error: unknown }) {
  const { t } = useI18n();
  return error ? (
    <p role="alert" className={styles.faults}>
      {describeLine(error, t)}
    </p>
  ) : null;
}
