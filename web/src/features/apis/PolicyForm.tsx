// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { describeLine } from "@/api/describe";
import type { ApiPolicy, ApiPolicyDraft } from "@/api/generated";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { flag } from "@/lib/search";
import { Button } from "@/ui/Button";
import { Checkbox, FieldGroup, TextField } from "@/ui/Field";
import { DeleteIcon, PlusIcon } from "@/ui/icons";
import { Row } from "@/ui/Page";
import { Banner } from "@/ui/State";
import { Unsaved } from "@/ui/Unsaved";
import { CATEGORIES } from "./diffSearch";
import { texts } from "./messages";
import { NamesField } from "./NamesField";
import css from "./Policy.module.css";
import { PolicyTable } from "./PolicyTable";
import {
  bodyOf,
  faultAt,
  type NamesOf,
  type PolicyFaults,
  type PolicyRow,
  policyFaults,
  rowsOf,
  taken,
  withName,
  withRow,
} from "./policy";
import { Refusal } from "./Refusal";

interface FormProps {
  /** As it is stored, which may become another one while somebody types. */
  policy: ApiPolicy;
  busy: boolean;
  error: unknown;
  onSave: (body: ApiPolicyDraft) => void;
  onCancel: () => void;
}

export function PolicyForm({ policy, busy, error, onSave, onCancel }: FormProps) {
  const { t } = useI18n(texts);
  const [rows, setRows] = useState(() => rowsOf(policy));
  const [base, setBase] = useState(policy.version);
  const [began] = useState(policy.version);
  /** What the rows were before anything was typed. */
  const [start, setStart] = useState(rows);
  /** What was typed before theirs was loaded. */
  const [kept, setKept] = useState<PolicyRow[]>();
  const form = useRef<HTMLFormElement>(null);
  const conflict = policy.version !== base;
  const faults = policyFaults(error);

  useEffect(() => {
    if (error) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [error]);

  const loadTheirs = () => {
    setKept(rows);
    setRows(rowsOf(policy));
    setStart(rowsOf(policy));
    setBase(policy.version);
  };
  const backToMine = () => {
    setRows(kept ?? rows);
    setKept(undefined);
  };
  const change = (key: number, part: Partial<PolicyRow>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <form
      ref={form}
      className={css.policy}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !conflict) {
          // What is still being typed stands among the names then, to be seen and taken away.
          setRows(rows.map(taken));
          onSave(bodyOf(rows, base));
        }
      }}
    >
      <Unsaved
        when={kept !== undefined || !same(bodyOf(rows, 0), bodyOf(start, 0))}
        stays={(search) => flag(search.edit) === true}
      />
      {conflict && (
        <Theirs policy={policy} onLoad={loadTheirs} onKeep={() => setBase(policy.version)} />
      )}
      {!conflict && kept && (
        <Banner actions={<Button onClick={backToMine}>{t.policy.backToMine}</Button>}>
          {t.policy.keptMine}
        </Banner>
      )}
      {!conflict && !kept && base !== began && <Banner tone="warn">{t.policy.replacing}</Banner>}
      {rows.map((row, place) => (
        <RowFields
          key={row.key}
          row={row}
          place={place}
          faults={faults}
          onChange={(part) => change(row.key, part)}
          onRemove={() => setRows(rows.filter((each) => each.key !== row.key))}
        />
      ))}
      <Refusal text={conflict ? undefined : refusalOf(error, faults, t)} />
      <Row>
        <Button icon={PlusIcon} onClick={() => setRows(withRow(rows))}>
          {t.policy.addRow}
        </Button>
        <Button onClick={onCancel}>{t.common.cancel}</Button>
        <Button look="primary" type="submit" disabled={busy || conflict}>
          {t.policy.save}
        </Button>
      </Row>
    </form>
  );
}

function refusalOf(error: unknown, faults: PolicyFaults, t: ReturnType<typeof useI18n>["t"]) {
  if (!error || faults.rows.size > 0) {
    return undefined;
  }
  if (faults.whole.length > 0) {
    return faults.whole.join(" ");
  }
  // Theirs is read then, and said above.
  return isStatus(error, 409) ? undefined : describeLine(error, t);
}

/** Somebody else was faster: theirs is shown, and nothing that was typed is lost. */
function Theirs({
  policy,
  onLoad,
  onKeep,
}: {
  policy: ApiPolicy;
  onLoad: () => void;
  onKeep: () => void;
}) {
  const { t } = useI18n(texts);
  return (
    <div className={css.theirs}>
      <Banner
        tone="warn"
        actions={
          <Row>
            <Button onClick={onLoad}>{t.policy.loadTheirs}</Button>
            <Button onClick={onKeep}>{t.policy.overwrite}</Button>
          </Row>
        }
      >
        {t.policy.conflict}
      </Banner>
      <h3>{t.policy.theirs}</h3>
      <PolicyTable label={t.policy.theirs} items={policy.items} />
    </div>
  );
}

interface RowProps {
  row: PolicyRow;
  place: number;
  faults: PolicyFaults;
  onChange: (part: Partial<PolicyRow>) => void;
  onRemove: () => void;
}

function RowFields({ row, place, faults, onChange, onRemove }: RowProps) {
  const { t } = useI18n(texts);
  const { use, typed } = row;
  const isCategory = (name: string) => CATEGORIES.some((each) => each === name);
  const pick = (name: string, on: boolean) =>
    onChange({ use: on ? [...use, name] : use.filter((each) => each !== name) });
  const typing = (field: NamesOf) => ({
    error: faultAt(faults, place, field),
    typed: typed[field],
    onType: (text: string) => onChange({ typed: { ...typed, [field]: text } }),
    onAdd: () =>
      onChange({ [field]: withName(row[field], typed[field]), typed: { ...typed, [field]: "" } }),
  });
  return (
    <fieldset className={css.row}>
      <legend>{t.policy.row(place + 1)}</legend>
      <TextField
        label={t.policy.prefixLabel}
        hint={t.policy.prefixHint}
        error={faultAt(faults, place, "prefix")}
        placeholder={t.policy.everyPackage}
        maxLength={500}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={row.prefix}
        onChange={(event) => onChange({ prefix: event.target.value })}
      />
      <FieldGroup label={t.policy.useLabel}>
        <div className={css.choices}>
          {CATEGORIES.map((name) => (
            <span key={name} title={t.policy.categories[name]}>
              <Checkbox
                checked={use.includes(name)}
                onChange={(event) => pick(name, event.target.checked)}
              >
                {name}
              </Checkbox>
            </span>
          ))}
        </div>
      </FieldGroup>
      <NamesField
        label={t.policy.moreRules}
        {...typing("use")}
        names={use.filter((name) => !isCategory(name))}
        onChange={(names) => onChange({ use: [...use.filter(isCategory), ...names] })}
      />
      <NamesField
        label={t.policy.exceptLabel}
        hint={t.policy.exceptHint}
        {...typing("except")}
        categories
        names={row.except}
        onChange={(except) => onChange({ except })}
      />
      <Checkbox
        checked={row.ignoreUnstable}
        onChange={(event) => onChange({ ignoreUnstable: event.target.checked })}
      >
        {t.policy.ignoreUnstable}
      </Checkbox>
      <div>
        <Button
          small
          icon={DeleteIcon}
          aria-label={t.policy.removeRow(place + 1)}
          onClick={onRemove}
        >
          {t.policy.removeRow(place + 1)}
        </Button>
      </div>
    </fieldset>
  );
}
