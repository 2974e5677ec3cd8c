// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { fieldFaults, isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { Button } from "@/ui/Button";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Checkbox, SelectField, TextArea, TextField } from "@/ui/Field";
import { KeyValue } from "@/ui/Panel";
import { Banner } from "@/ui/State";
import { Unsaved } from "@/ui/Unsaved";
import { texts } from "./messages";
import { type Draft, differing, FORMATS, merged, missing, NEW } from "./model";
import { Refusal } from "./WebhookDialogs";
import styles from "./Webhooks.module.css";

interface DraftProps {
  /** What is there by now; undefined = a new webhook is made. */
  current?: Draft | undefined;
  busy: boolean;
  error: unknown;
  /** `before` is what the form knows to be there. */
  onSubmit: (draft: Draft, before: Draft) => void;
  onClose: () => void;
}

/** Makes a webhook, or changes the one that is there. */
export function DraftDialog({ current, busy, error, onSubmit, onClose }: DraftProps) {
  const { t } = useI18n(texts);
  const { draft: say, edit } = t.webhooks;
  const [start, setStart] = useState<Draft>(current ?? NEW);
  const [draft, setDraft] = useState<Draft>(start);
  const [tried, setTried] = useState(false);
  const [corrected, setCorrected] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  // Somebody else was faster: theirs is shown, and nothing is sent until it is
  // clear what is to become of it.
  const theirs = current && !same(current, start) ? current : undefined;
  const found = fieldFaults(error);
  const lacking: readonly string[] = tried ? missing(draft) : [];
  const fault = (name: keyof Draft) => {
    if (lacking.includes(name)) {
      return say.missing;
    }
    if (corrected.includes(name)) {
      return undefined;
    }
    // The name is all that a webhook has for itself.
    return name === "name" && isStatus(error, 409) && found.name ? say.taken : found[name];
  };
  useEffect(() => {
    if (error) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [error]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setCorrected((before) => [...before, ...Object.keys(part)]);
  };
  const settle = (kept: Draft) => {
    if (current) {
      setDraft(kept);
      setStart(current);
    }
  };
  const submit = () => {
    // At once: what is typed next is meant for the field that lacks something.
    flushSync(() => setTried(true));
    if (missing(draft).length > 0) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else if (!busy && !theirs) {
      setCorrected([]);
      onSubmit(draft, start);
    }
  };
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
    <Dialog title={current ? edit.title : say.title} onClose={onClose}>
      <Unsaved when={!same(draft, start)} />
      <form
        ref={form}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {theirs && (
          <Theirs
            theirs={theirs}
            start={start}
            onTake={() => settle(theirs)}
            onKeep={() => settle(merged(draft, start, theirs))}
          />
        )}
        {error && Object.keys(found).length === 0 && !isStatus(error, 412) ? (
          <Refusal error={error} />
        ) : null}
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
        <SelectField
          label={say.format}
          hint={draft.format === "slack" ? say.slackHint : undefined}
          name="format"
          value={draft.format}
          options={FORMATS.map((value) => ({ value, label: t.webhooks.formats[value] }))}
          onChange={(value) => change({ format: value as Draft["format"] })}
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
          <Button look="primary" type="submit" disabled={busy || theirs !== undefined}>
            {current ? edit.submit : say.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface TheirsProps {
  theirs: Draft;
  start: Draft;
  onTake: () => void;
  onKeep: () => void;
}

/** What somebody else wrote while this form was open. */
function Theirs({ theirs, start, onTake, onKeep }: TheirsProps) {
  const { t } = useI18n(texts);
  const { draft: say, edit, everything } = t.webhooks;
  const shown = (name: keyof Draft) => {
    const value = theirs[name];
    if (typeof value === "boolean") {
      return value ? edit.yes : edit.no;
    }
    if (name === "format") {
      return t.webhooks.formats[theirs.format];
    }
    return value === "" ? everything : value.split("\n").join(" · ");
  };
  return (
    <>
      <Banner
        tone="warn"
        actions={
          <>
            <Button small onClick={onTake}>
              {edit.take}
            </Button>
            <Button small onClick={onKeep}>
              {edit.keep}
            </Button>
          </>
        }
      >
        {edit.conflict}
      </Banner>
      <section className={styles.theirs} aria-label={edit.theirs}>
        <KeyValue
          entries={differing(theirs, start).map((name) => ({
            key: name,
            label: say[name],
            value: shown(name),
          }))}
        />
      </section>
    </>
  );
}
