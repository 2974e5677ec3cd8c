// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import { describeLine } from "@/api/describe";
import type { WebhookMade } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CodeBlock } from "@/ui/Code";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { SelectField } from "@/ui/Field";
import { Banner } from "@/ui/State";
import { texts } from "./messages";
import { PERIODS, type Period } from "./model";
import styles from "./Webhooks.module.css";

interface SecretProps {
  made: WebhookMade;
  /** The webhook was there before, and has another secret now. */
  renewed?: boolean;
  onClose: () => void;
}

/** The one time that a secret is seen: closing it takes a click that says so. */
export function SecretDialog({ made, renewed = false, onClose }: SecretProps) {
  const { t } = useI18n(texts);
  const say = t.webhooks.made;
  return (
    <Dialog title={renewed ? say.renewed : say.title} locked wide onClose={onClose}>
      <Banner tone="warn">{say.once}</Banner>
      <section className={styles.secret}>
        <h3>
          {say.label}: {made.webhook.name}
        </h3>
        <CodeBlock text={made.secret} label={say.label} numbers={false} />
      </section>
      <DialogFoot>
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

interface ConfirmProps {
  title: string;
  hint: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  children?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmProps) {
  const { title, hint, danger = false, busy, error, children, onConfirm, onClose } = props;
  const { t } = useI18n();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{hint}</p>
      {children}
      <Refusal error={error} />
      <DialogFoot>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button look={danger ? "danger" : "primary"} disabled={busy} onClick={onConfirm}>
          {title}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

export function ReplayDialog({
  busy,
  error,
  onConfirm,
  onClose,
}: {
  busy: boolean;
  error: unknown;
  onConfirm: (period: Period) => void;
  onClose: () => void;
}) {
  const { t } = useI18n(texts);
  const [period, setPeriod] = useState<Period>("day");
  const periods = Object.keys(PERIODS) as Period[];
  return (
    <ConfirmDialog
      title={t.webhooks.replayTitle}
      hint={t.webhooks.replayHint}
      busy={busy}
      error={error}
      onConfirm={() => onConfirm(period)}
      onClose={onClose}
    >
      <SelectField
        label={t.webhooks.replaySince}
        name="since"
        value={period}
        options={periods.map((each) => ({ value: each, label: t.webhooks.sinceOption[each] }))}
        onChange={(value) => setPeriod(periods.find((each) => each === value) ?? "day")}
      />
    </ConfirmDialog>
  );
}

export function Refusal({ error }: { error: unknown }) {
  const { t } = useI18n();
  return error ? (
    <p role="alert" className={styles.faults}>
      {describeLine(error, t)}
    </p>
  ) : null;
}
