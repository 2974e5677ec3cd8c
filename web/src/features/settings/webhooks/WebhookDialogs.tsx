// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import { describeLine } from "@/api/describe";
import type { WebhookDraft, WebhookMade } from "@/api/generated";
import { fieldFaults } from "@/api/problem";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { Button } from "@/ui/Button";
import { CodeBlock } from "@/ui/Code";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Checkbox, SelectField, TextArea, TextField } from "@/ui/Field";
import { Banner } from "@/ui/State";
import { Unsaved } from "@/ui/Unsaved";
import { texts } from "./messages";
import { bodyOf, type Draft, missing, NEW, PERIODS, type Period } from "./model";
import styles from "./Webhooks.module.css";

interface DraftProps {
  busy: boolean;
  error: unknown;
  onSubmit: (body: WebhookDraft) => void;
  onClose: () => void;
}

export function DraftDialog({ busy, error, onSubmit, onClose }: DraftProps) {
  const { t } = useI18n(texts);
  const [draft, setDraft] = useState<Draft>(NEW);
  const [tried, setTried] = useState(false);
  const { draft: say } = t.webhooks;
  const found = fieldFaults(error);
  const lacking: readonly string[] = tried ? missing(draft) : [];
  const fault = (name: keyof Draft) =>
    lacking.includes(name)
      ? say.missing
      : Object.entries(found).find(([field]) => field.split("/")[0] === name)?.[1];
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const lines = (name: "types" | "teams" | "campaigns", hint: string, optional: boolean) => (
    <TextArea
      label={say[name]}
      hint={hint}
      error={fault(name)}
      optional={optional}
      name={name}
      rows={2}
      autoCapitalize="off"
      spellCheck={false}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  return (
    <Dialog title={say.title} onClose={onClose}>
      <Unsaved when={!same(draft, NEW)} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!busy && missing(draft).length === 0) {
            onSubmit(bodyOf(draft));
          }
        }}
      >
        {error && Object.keys(found).length === 0 ? <Refusal error={error} /> : null}
        <TextField
          label={say.name}
          error={fault("name")}
          name="name"
          maxLength={100}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label={say.url}
          hint={say.urlHint}
          error={fault("url")}
          name="url"
          type="url"
          maxLength={2048}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={draft.url}
          onChange={(event) => change({ url: event.target.value })}
        />
        {lines("types", say.typesHint, false)}
        {lines("teams", say.teamsHint, true)}
        {lines("campaigns", say.campaignsHint, true)}
        <Checkbox
          name="ordered"
          checked={draft.ordered}
          onChange={(event) => change({ ordered: event.target.checked })}
        >
          {say.ordered}
        </Checkbox>
        <DialogFoot>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {say.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** The one time that a secret is seen: closing it takes a click that says so. */
export function SecretDialog({ made, onClose }: { made: WebhookMade; onClose: () => void }) {
  const { t } = useI18n(texts);
  const say = t.webhooks.made;
  return (
    <Dialog title={say.title} locked wide onClose={onClose}>
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

function Refusal({ error }: { error: unknown }) {
  const { t } = useI18n();
  return error ? (
    <p role="alert" className={styles.faults}>
      {describeLine(error, t)}
    </p>
  ) : null;
}
