// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { describeLine } from "@/api/describe";
import type { CampaignPage, Session } from "@/api/generated";
import { fieldFaults, isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { Button } from "@/ui/Button";
import { Checkbox, type Option, SelectField, TextArea, TextField } from "@/ui/Field";
import { Columns } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Banner } from "@/ui/State";
import { Unsaved } from "@/ui/Unsaved";
import { facetsQuery } from "./api";
import {
  type Draft,
  draftFaults,
  draftOf,
  emptyDraft,
  type Fields,
  nameFrom,
  serverFaults,
} from "./draft";
import { texts } from "./messages";
import { Preview } from "./Preview";
import { RuleFields } from "./RuleFields";
import { TargetFields } from "./TargetFields";
import styles from "./Todos.module.css";

interface EditorFormProps {
  session: Session;
  /** The campaign that is changed, as it is stored; undefined = a new one. */
  page: CampaignPage | undefined;
  busy: boolean;
  error: unknown;
  onSave: (draft: Draft, version: number) => void;
  onCancel: () => void;
}

export interface PartProps {
  draft: Draft;
  faults: Fields;
  onChange: (part: Partial<Draft>) => void;
}

/** A campaign as it is written, beside what it would bring about. */
export function EditorForm({ session, page, busy, error, onSave, onCancel }: EditorFormProps) {
  const { t } = useI18n(texts);
  const [draft, setDraft] = useState(() => (page ? draftOf(page) : emptyDraft(session)));
  const [start, setStart] = useState(draft);
  const [base, setBase] = useState(page?.campaign.version ?? 0);
  const [named, setNamed] = useState(page !== undefined);
  const [own, setOwn] = useState<Fields>({});
  const [corrected, setCorrected] = useState<readonly string[]>([]);
  const [ruleFault, setRuleFault] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const conflict = page !== undefined && page.campaign.version !== base;
  const over = page?.campaign.state === "finished" || page?.campaign.state === "cancelled";
  const fromServer = Object.fromEntries(
    Object.entries(serverFaults(fieldFaults(error))).filter(([key]) => !corrected.includes(key)),
  );
  const faults: Fields = {
    ...(ruleFault === undefined ? {} : { rule: ruleFault }),
    ...fromServer,
    ...own,
  };
  useEffect(() => {
    if (error) {
      setCorrected([]);
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [error]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    const touched = Object.keys(part);
    setCorrected((before) => [...before, ...touched]);
    setOwn((before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !touched.includes(key))),
    );
  };
  const submit = () => {
    const { faults: words } = t.campaignForm;
    const found = draftFaults(draft, words);
    // At once: what is typed next is meant for the field that is wrong.
    flushSync(() => setOwn(found));
    if (Object.keys(found).length > 0) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else if (!busy && !conflict && !over) {
      onSave(draft, base);
    }
  };
  const refused =
    error && Object.keys(fieldFaults(error)).length === 0 && !isStatus(error, 412)
      ? describeLine(error, t)
      : undefined;
  return (
    <form
      ref={form}
      className={styles.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Unsaved when={!same(draft, start)} />
      <Columns
        side={
          !over && (
            <Preview
              draft={draft}
              of={page?.campaign.name}
              runs={page?.campaign.state === "running"}
              onRuleFault={setRuleFault}
            />
          )
        }
      >
        {over && <Banner tone="warn">{t.campaignForm.over}</Banner>}
        {conflict && page && !over && (
          <Banner
            tone="warn"
            actions={
              <>
                <Button
                  small
                  onClick={() => {
                    setDraft(draftOf(page));
                    setStart(draftOf(page));
                    setBase(page.campaign.version);
                  }}
                >
                  {t.campaignForm.loadTheirs}
                </Button>
                <Button small onClick={() => setBase(page.campaign.version)}>
                  {t.campaignForm.overwrite}
                </Button>
              </>
            }
          >
            {t.campaignForm.conflict}
          </Banner>
        )}
        <Panel title={t.campaignForm.what}>
          <div className={styles.fields}>
            <TextField
              label={t.campaignForm.title}
              hint={t.campaignForm.titleHint}
              error={faults.title}
              maxLength={200}
              value={draft.title}
              onChange={(event) =>
                change({
                  title: event.target.value,
                  ...(named ? {} : { name: nameFrom(event.target.value) }),
                })
              }
            />
            {!page && (
              <TextField
                label={t.campaign.name}
                hint={t.campaignForm.nameHint}
                error={faults.name}
                maxLength={63}
                autoCapitalize="off"
                autoComplete="off"
                spellCheck={false}
                value={draft.name}
                onChange={(event) => {
                  setNamed(true);
                  change({ name: event.target.value });
                }}
              />
            )}
            <TextArea
              label={t.todos.why}
              hint={t.campaignForm.whyHint}
              error={faults.why}
              rows={4}
              maxLength={20_000}
              value={draft.why}
              onChange={(event) => change({ why: event.target.value })}
            />
            <TextArea
              label={t.todos.how}
              hint={t.campaignForm.howHint}
              error={faults.how}
              rows={5}
              maxLength={20_000}
              value={draft.how}
              onChange={(event) => change({ how: event.target.value })}
            />
          </div>
        </Panel>
        <Panel title={t.campaign.target}>
          <TargetFields draft={draft} faults={faults} onChange={change} />
        </Panel>
        <Panel title={t.campaignForm.doneWhen}>
          <RuleFields draft={draft} faults={faults} onChange={change} />
        </Panel>
        <Panel title={t.campaignForm.terms}>
          <Terms session={session} draft={draft} faults={faults} onChange={change} />
        </Panel>
        {refused && <Banner tone="bad">{refused}</Banner>}
        <div className={styles.foot}>
          <Button onClick={onCancel}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy || conflict || over}>
            {page ? t.common.save : t.campaignForm.saveDraft}
          </Button>
        </div>
      </Columns>
    </form>
  );
}

const LEVELS = [1, 2, 3, 4, 5];

/** Who asks, until when, and how much at once. */
function Terms({ session, draft, faults, onChange }: PartProps & { session: Session }) {
  const { t } = useI18n(texts);
  const { data: facets } = useQuery(facetsQuery);
  const all = (facets?.team ?? []).map((each) => each.value).filter((name) => name !== "-");
  const names = [...new Set([...(session.role === "admin" ? all : []), ...session.teams])];
  const owners = options(draft.team, names);
  const reviewers = options(draft.reviewTeam, [...new Set([...all, ...session.teams])]);
  return (
    <div className={styles.pairs}>
      <SelectField
        label={t.campaigns.owner}
        hint={t.campaignForm.ownerHint}
        error={faults.team}
        value={draft.team}
        options={[{ value: "", label: t.campaignForm.choose }, ...owners]}
        onChange={(team) => onChange({ team })}
      />
      <TextField
        label={t.todos.due}
        error={faults.due}
        optional
        type="date"
        value={draft.due}
        onChange={(event) => onChange({ due: event.target.value })}
      />
      <SelectField
        label={t.campaigns.level}
        hint={t.campaignForm.levelHint}
        error={faults.level}
        value={draft.level}
        options={[
          { value: "", label: t.common.none },
          ...LEVELS.map((level) => ({ value: String(level), label: String(level) })),
        ]}
        onChange={(level) => onChange({ level })}
      />
      <TextField
        label={t.campaignForm.phase}
        hint={t.campaignForm.phaseHint}
        error={faults.phase}
        optional
        maxLength={63}
        value={draft.phase}
        onChange={(event) => onChange({ phase: event.target.value })}
      />
      <SelectField
        label={t.campaigns.reviewTeam}
        hint={t.campaignForm.reviewHint}
        error={faults.reviewTeam}
        value={draft.reviewTeam}
        options={[{ value: "", label: t.common.none }, ...reviewers]}
        onChange={(reviewTeam) => onChange({ reviewTeam })}
      />
      <TextField
        label={t.campaign.teamLimit}
        hint={t.campaignForm.limitHint}
        error={faults.teamLimit}
        optional
        inputMode="numeric"
        maxLength={6}
        value={draft.teamLimit}
        onChange={(event) => onChange({ teamLimit: event.target.value })}
      />
      <TextField
        label={t.campaignForm.damping}
        hint={t.campaignForm.dampingHint}
        error={faults.dampingHours}
        inputMode="numeric"
        maxLength={4}
        value={draft.dampingHours}
        onChange={(event) => onChange({ dampingHours: event.target.value })}
      />
      <div className={styles.standard}>
        <Checkbox
          checked={draft.permanent}
          onChange={(event) => onChange({ permanent: event.target.checked })}
        >
          {t.campaignForm.permanent}
        </Checkbox>
      </div>
    </div>
  );
}

/** The chosen one is always among them. */
export function options(chosen: string, names: readonly string[]): Option[] {
  const all = chosen && !names.includes(chosen) ? [chosen, ...names] : names;
  return all.map((name) => ({ value: name, label: name }));
}
