// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import type { Todo, TodoChangeRequest } from "@/api/generated";
import { useI18n } from "@/i18n";
import { safeUrl } from "@/lib/links";
import { Button } from "@/ui/Button";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { TextArea, TextField } from "@/ui/Field";
import { Form, Row } from "@/ui/Page";
import { type Messages, texts } from "./messages";
import { dayAhead, nameOf, type TodoState } from "./model";
import { WaitsForField } from "./WaitsForField";

/** What can be asked for: who does it, when it comes up again, or another state. */
export type Deed = "assign" | "snooze" | TodoState;

interface ChangeDialogProps {
  deed: Deed;
  /** One item, or those that were selected. */
  todos: readonly Todo[];
  busy: boolean;
  onClose: () => void;
  /** True = it is done, and the dialog can go. */
  onChange: (change: TodoChangeRequest) => Promise<boolean>;
}

interface Typed {
  assignee: string;
  day: string;
  reason: string;
  waitsFor: string;
  evidence: string;
  comment: string;
}

type Faults = Partial<Record<keyof Typed, string>>;

const REASONED: readonly Deed[] = ["not_applicable", "exempt"];
const SHOWN: readonly Deed[] = ["done", "in_review"];

function faultsOf(deed: Deed, typed: Typed, t: Messages): Faults {
  return {
    ...(REASONED.includes(deed) && typed.reason.trim() === ""
      ? { reason: t.todos.reasonNeeded }
      : {}),
    ...((deed === "snooze" || deed === "exempt") && typed.day === ""
      ? { day: t.todos.dayNeeded }
      : {}),
    ...(deed === "waiting" && !/^\d+$/.test(typed.waitsFor)
      ? { waitsFor: t.todos.waitsForNeeded }
      : {}),
    ...(SHOWN.includes(deed) && typed.evidence !== "" && !safeUrl(typed.evidence)
      ? { evidence: t.todos.evidenceBad }
      : {}),
  };
}

const subjectOf = (name: string) =>
  name.trim() === "" ? null : name.includes(":") ? name.trim() : `user:${name.trim()}`;

function changeOf(deed: Deed, typed: Typed): TodoChangeRequest {
  const comment = typed.comment.trim() ? { comment: typed.comment.trim() } : {};
  switch (deed) {
    case "assign":
      return { assignee: subjectOf(typed.assignee), ...comment };
    case "snooze":
      return { snoozedUntil: typed.day, ...comment };
    case "waiting":
      return { state: deed, waitsFor: Number(typed.waitsFor), ...comment };
    case "not_applicable":
      return { state: deed, reason: typed.reason.trim(), ...comment };
    case "exempt":
      return {
        state: deed,
        reason: typed.reason.trim(),
        until: typed.day,
        ...comment,
      };
    default:
      return {
        state: deed,
        ...(typed.evidence ? { evidence: typed.evidence } : {}),
        ...comment,
      };
  }
}

/** Asks for what a change needs: a reason, a day, a name. */
export function ChangeDialog({ deed, todos, busy, onClose, onChange }: ChangeDialogProps) {
  const { t } = useI18n(texts);
  const [only] = todos;
  const [typed, setTyped] = useState<Typed>(() => ({
    assignee: todos.length === 1 && only?.assignee ? nameOf(only.assignee) : "",
    day: "",
    reason: "",
    waitsFor: "",
    evidence: (todos.length === 1 && only?.evidence) || "",
    comment: "",
  }));
  const [tried, setTried] = useState(false);
  const faults = tried ? faultsOf(deed, typed, t) : {};
  const change = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const submit = async () => {
    setTried(true);
    if (!busy && Object.keys(faultsOf(deed, typed, t)).length === 0) {
      if (await onChange(changeOf(deed, typed))) {
        onClose();
      }
    }
  };
  return (
    <Dialog title={t.todos.deedTitle[deed]} onClose={onClose}>
      <Form onSubmit={submit}>
        <p>
          {only && todos.length === 1
            ? `${only.title} · ${only.serviceID}`
            : t.todos.items(todos.length)}
        </p>
        <Fields deed={deed} todos={todos} typed={typed} faults={faults} onChange={change} />
        <TextArea
          label={t.todos.comment}
          optional
          rows={2}
          maxLength={10_000}
          value={typed.comment}
          onChange={(event) => change({ comment: event.target.value })}
        />
        <DialogFoot>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {t.todos.deeds[deed]}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
}

interface FieldsProps {
  deed: Deed;
  todos: readonly Todo[];
  typed: Typed;
  faults: Faults;
  onChange: (part: Partial<Typed>) => void;
}

function Fields({ deed, todos, typed, faults, onChange }: FieldsProps) {
  const { t } = useI18n(texts);
  return (
    <>
      {deed === "assign" && (
        <TextField
          label={t.todos.assignee}
          hint={t.todos.assigneeHint}
          maxLength={90}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed.assignee}
          onChange={(event) => onChange({ assignee: event.target.value })}
        />
      )}
      {REASONED.includes(deed) && (
        <TextArea
          label={t.todos.reason}
          error={faults.reason}
          rows={3}
          maxLength={2000}
          value={typed.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      )}
      {(deed === "snooze" || deed === "exempt") && (
        <DayField
          label={deed === "snooze" ? t.todos.snoozeDay : t.todos.exemptDay}
          error={faults.day}
          value={typed.day}
          onChange={(day) => onChange({ day })}
        />
      )}
      {deed === "waiting" && (
        <WaitsForField
          services={todos.map(({ serviceID }) => serviceID)}
          error={faults.waitsFor}
          value={typed.waitsFor}
          onChange={(waitsFor) => onChange({ waitsFor })}
        />
      )}
      {SHOWN.includes(deed) && (
        <TextField
          label={t.todos.evidence}
          hint={t.todos.evidenceHint}
          error={faults.evidence}
          optional
          type="url"
          maxLength={2000}
          value={typed.evidence}
          onChange={(event) => onChange({ evidence: event.target.value })}
        />
      )}
    </>
  );
}

const AHEAD = [
  [1, "tomorrow"],
  [7, "inAWeek"],
  [30, "inAMonth"],
] as const;

function DayField({
  label,
  error,
  value,
  onChange,
}: {
  label: string;
  error: string | undefined;
  value: string;
  onChange: (day: string) => void;
}) {
  const { t } = useI18n(texts);
  return (
    <>
      <TextField
        label={label}
        error={error}
        type="date"
        min={dayAhead(Date.now(), 1)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Row>
        {AHEAD.map(([days, name]) => (
          <Button key={name} small onClick={() => onChange(dayAhead(Date.now(), days))}>
            {t.todos[name]}
          </Button>
        ))}
      </Row>
    </>
  );
}
