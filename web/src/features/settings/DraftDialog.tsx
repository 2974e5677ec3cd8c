// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { describeLine } from "@/api/describe";
import type { Session, TokenDraft } from "@/api/generated";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { Button } from "@/ui/Button";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Checkbox, FieldGroup, Segments, SelectField, TextArea, TextField } from "@/ui/Field";
import { Banner } from "@/ui/State";
import { Unsaved } from "@/ui/Unsaved";
import { FaultSummary } from "./FaultSummary";
import { texts } from "./messages";
import {
  bodyOf,
  DAYS,
  type Draft,
  draftFaults,
  type Faults,
  isAdmin,
  KINDS,
  newDraft,
  publishes,
  SCOPES,
  type Scope,
  serverFaults,
  whoCould,
  withKind,
} from "./model";
import styles from "./Settings.module.css";

interface DraftDialogProps {
  session: Session;
  /** All teams; of use to an admin only. */
  teams: readonly string[];
  busy: boolean;
  error: unknown;
  onSubmit: (body: TokenDraft) => void;
  onClose: () => void;
}

/** What became of the tries to submit. */
interface Failure {
  faults: Faults;
  whole: string | undefined;
  tries: number;
}

export function DraftDialog(props: DraftDialogProps) {
  const { session, busy, error, onSubmit, onClose } = props;
  const { t } = useI18n(texts);
  const [draft, setDraft] = useState(() => newDraft(session));
  const [failure, setFailure] = useState<Failure>({ faults: {}, whole: undefined, tries: 0 });
  const [start] = useState(draft);
  const form = useRef<HTMLFormElement>(null);
  const refused = whoCould(draft, session, t);

  useEffect(() => {
    if (error) {
      const found = serverFaults(error);
      const whole = Object.keys(found).length === 0 ? describeLine(error, t) : undefined;
      setFailure(({ tries }) => ({ faults: found, whole, tries: tries + 1 }));
    }
  }, [error, t]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setFailure((before) => ({ ...before, faults: without(before.faults, Object.keys(part)) }));
  };
  const submit = () => {
    const found = draftFaults(draft, session, t);
    if (Object.keys(found).length > 0) {
      setFailure(({ tries }) => ({ faults: found, whole: undefined, tries: tries + 1 }));
    } else if (!busy && refused.length === 0) {
      onSubmit(bodyOf(draft));
    }
  };
  return (
    <Dialog title={t.tokens.draft.title} onClose={onClose}>
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
        <FaultSummary {...failure} form={form} />
        <DraftFields {...props} draft={draft} faults={failure.faults} onChange={change} />
        {refused.length > 0 && (
          <Banner tone="warn">
            {t.error.forbidden} {t.error.needs.title}: {refused.join(" · ")}
          </Banner>
        )}
        <DialogFoot>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy || refused.length > 0}>
            {t.tokens.draft.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** What was corrected is no fault any more. */
const without = (faults: Faults, names: readonly string[]): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([name]) => !names.includes(name)));

interface FieldsProps {
  session: Session;
  teams: readonly string[];
  draft: Draft;
  faults: Faults;
  onChange: (part: Partial<Draft>) => void;
}

function DraftFields({ session, teams, draft, faults, onChange }: FieldsProps) {
  const { t } = useI18n(texts);
  return (
    <>
      <div>
        <Segments
          label={t.tokens.draft.kind}
          visibleLabel
          value={draft.kind}
          options={KINDS.map((kind) => ({ value: kind, label: t.tokens.kind[kind] }))}
          onChange={(kind) => onChange(withKind(draft, kind))}
        />
        <p className={styles.hint}>{t.tokens.kindHint[draft.kind]}</p>
      </div>
      <TextField
        label={t.tokens.draft.name}
        hint={t.tokens.draft.nameHint}
        error={faults.name}
        name="name"
        maxLength={100}
        autoComplete="off"
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {draft.kind === "ci" && (
        <TeamField
          session={session}
          teams={teams}
          value={draft.team}
          error={faults.team}
          onChange={(team) => onChange({ team })}
        />
      )}
      <ScopeFields
        draft={draft}
        error={faults.scopes}
        onChange={(scopes) => onChange({ scopes })}
      />
      {publishes(draft.scopes) && (
        <TextArea
          label={t.tokens.draft.services}
          hint={t.tokens.draft.servicesHint}
          error={faults.services}
          optional
          name="services"
          rows={2}
          autoCapitalize="off"
          spellCheck={false}
          value={draft.services}
          onChange={(event) => onChange({ services: event.target.value })}
        />
      )}
      <SelectField
        label={t.tokens.draft.days}
        error={faults.days}
        name="days"
        value={String(draft.days)}
        options={DAYS.map((days) => ({
          value: String(days),
          label: t.tokens.draft.daysOption(days),
        }))}
        onChange={(days) => onChange({ days: Number(days) })}
      />
    </>
  );
}

function TeamField({
  session,
  teams,
  value,
  error,
  onChange,
}: {
  session: Session;
  teams: readonly string[];
  value: string;
  error: string | undefined;
  onChange: (team: string) => void;
}) {
  const { t } = useI18n(texts);
  const own = isAdmin(session) ? [...new Set([...session.teams, ...teams])].sort() : session.teams;
  const none = isAdmin(session) ? t.tokens.draft.teamNone : t.tokens.draft.teamMissing;
  return (
    <SelectField
      label={t.tokens.draft.team}
      hint={value && t.tokens.draft.teamHint}
      error={error}
      name="team"
      value={value}
      options={[{ value: "", label: none }, ...own.map((team) => ({ value: team, label: team }))]}
      onChange={onChange}
    />
  );
}

function ScopeFields({
  draft,
  error,
  onChange,
}: {
  draft: Draft;
  error: string | undefined;
  onChange: (scopes: readonly Scope[]) => void;
}) {
  const { t } = useI18n(texts);
  const { allowed } = SCOPES[draft.kind];
  return (
    <FieldGroup label={t.tokens.draft.scopes} error={error}>
      {allowed.map((scope) => (
        <Checkbox
          key={scope}
          name="scopes"
          checked={draft.scopes.includes(scope)}
          onChange={(event) =>
            onChange(
              allowed.filter((each) =>
                each === scope ? event.target.checked : draft.scopes.includes(each),
              ),
            )
          }
        >
          {t.tokens.scope[scope]} <code>{scope}</code>
        </Checkbox>
      ))}
    </FieldGroup>
  );
}
