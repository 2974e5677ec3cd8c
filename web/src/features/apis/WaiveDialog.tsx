// SPDX-License-Identifier: Apache-2.0
import { useEffect, useId, useRef, useState } from "react";
import { describeLine } from "@/api/describe";
import type { ApiFinding, ApiWaiverDraft } from "@/api/generated";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { Button } from "@/ui/Button";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { SelectField, TextArea, TextField } from "@/ui/Field";
import { Unsaved } from "@/ui/Unsaved";
import { texts } from "./messages";
import policy from "./Policy.module.css";
import { Refusal } from "./Refusal";
import {
  bodyOf,
  firstDay,
  lastDay,
  newWaiver,
  serverFaults,
  subjectsOf,
  type WaiverFaults,
  type WaiverForm,
  waiverFaults,
} from "./waive";

interface WaiveProps {
  finding: ApiFinding;
  busy: boolean;
  error: unknown;
  onSubmit: (body: ApiWaiverDraft) => void;
  onClose: () => void;
}

/** Who lets a breaking change pass says why, and until when. */
export function WaiveDialog({ finding, busy, error, onSubmit, onClose }: WaiveProps) {
  const { t } = useI18n(texts);
  const [draft, setDraft] = useState(() => newWaiver(finding, Date.now()));
  const [faults, setFaults] = useState<WaiverFaults>({});
  const form = useRef<HTMLFormElement>(null);
  const [start] = useState(draft);
  const told = serverFaults(error);
  const whole = error && Object.keys(told).length === 0 ? describeLine(error, t) : undefined;

  useEffect(() => setFaults(serverFaults(error)), [error]);
  // The first field that is wrong takes the focus, each time that there are faults.
  useEffect(() => {
    if (Object.keys(faults).length > 0) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [faults]);

  const change = (part: Partial<WaiverForm>) => setDraft((before) => ({ ...before, ...part }));
  const submit = () => {
    const found = waiverFaults(draft, Date.now(), t);
    setFaults(found);
    if (Object.keys(found).length === 0 && !busy) {
      onSubmit(bodyOf(draft));
    }
  };
  return (
    <Dialog title={t.waive.title} onClose={onClose}>
      <Unsaved when={!same(draft, start)} />
      <p>{t.waive.hint}</p>
      <form
        ref={form}
        className={policy.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <WaiverFields finding={finding} draft={draft} faults={faults} onChange={change} />
        <Refusal text={whole} />
        <DialogFoot>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {t.waive.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  finding: ApiFinding;
  draft: WaiverForm;
  faults: WaiverFaults;
  onChange: (part: Partial<WaiverForm>) => void;
}

function WaiverFields({ finding, draft, faults, onChange }: FieldsProps) {
  const { t } = useI18n(texts);
  const list = useId();
  const now = Date.now();
  return (
    <>
      <SelectField
        label={t.waive.rule}
        error={faults.rule}
        name="rule"
        value={draft.rule}
        options={[
          { value: finding.rule, label: t.waive.oneRule(finding.rule) },
          { value: "", label: t.waive.everyRule },
        ]}
        onChange={(rule) => onChange({ rule })}
      />
      <TextField
        label={t.waive.subject}
        hint={t.waive.subjectHint}
        error={faults.subject}
        name="subject"
        list={list}
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={draft.subject}
        onChange={(event) => onChange({ subject: event.target.value })}
      />
      <datalist id={list}>
        {subjectsOf(finding).map((subject) => (
          <option key={subject} value={subject} />
        ))}
      </datalist>
      <TextArea
        label={t.waive.reason}
        hint={t.waive.reasonHint}
        error={faults.reason}
        name="reason"
        rows={3}
        maxLength={1000}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      <TextField
        label={t.waive.until}
        hint={t.waive.untilHint}
        error={faults.until}
        name="until"
        type="date"
        min={firstDay(now)}
        max={lastDay(now)}
        value={draft.until}
        onChange={(event) => onChange({ until: event.target.value })}
      />
    </>
  );
}
