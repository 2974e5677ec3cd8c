// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { PlainTable } from "@/ui/DataTable";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Banner } from "@/ui/State";
import { texts } from "./messages";
import { differences, type Field, nameOf } from "./model";
import { shown } from "./rule";
import type { Changes, Conflict } from "./useChanges";

/** What came between: somebody else's change, or items that a bulk could not change. */
export function Trouble({ changes }: { changes: Changes }) {
  const { t } = useI18n(texts);
  const { conflict, notChanged } = changes;
  return (
    <>
      {notChanged.length > 0 && (
        <Banner
          tone="warn"
          actions={
            <Button small onClick={changes.forget}>
              {t.common.close}
            </Button>
          }
        >
          {t.todos.notChanged(notChanged.length)}{" "}
          {notChanged
            .slice(0, 5)
            .map(({ todo, reason }) => `${todo.serviceID}: ${reason}`)
            .join(" · ")}
          {notChanged.length > 5 && ` · ${t.common.more(notChanged.length - 5)}`}
        </Banner>
      )}
      {conflict && <Meanwhile conflict={conflict} changes={changes} />}
    </>
  );
}

const DAYS: readonly Field[] = ["until", "snoozedUntil", "due"];

/** Nothing that was asked for is lost: it can be asked for again, of what is there now. */
function Meanwhile({ conflict, changes }: { conflict: Conflict; changes: Changes }) {
  const { t, f } = useI18n(texts);
  const { seen, now, change } = conflict;
  const fields = differences(seen, now);
  const value = (field: Field, of: unknown) => {
    const states: Record<string, string> = t.todos.states;
    return of === null || of === undefined
      ? t.common.none
      : field === "state"
        ? (states[String(of)] ?? String(of))
        : field === "assignee"
          ? nameOf(String(of))
          : DAYS.includes(field)
            ? f.calendar(String(of))
            : shown(of);
  };
  const { comment, ...wanted } = change;
  return (
    <Dialog title={t.todos.conflictTitle} onClose={changes.dismiss}>
      <p>{fields.length > 0 ? t.todos.conflictHint : t.todos.conflictOther}</p>
      {fields.length > 0 && (
        <PlainTable label={t.todos.conflictTitle}>
          <thead>
            <tr>
              <th scope="col">{t.todos.field}</th>
              <th scope="col">{t.todos.seen}</th>
              <th scope="col">{t.todos.now}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{t.todos.fields[field]}</th>
                <td>{value(field, seen[field])}</td>
                <td>{value(field, now[field])}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      <p>
        {t.todos.wanted}:{" "}
        {[
          ...Object.entries(wanted).map(
            ([field, of]) =>
              `${t.todos.fields[field as Field] ?? field}: ${value(field as Field, of)}`,
          ),
          ...(comment ? [`${t.todos.comment}: ${comment}`] : []),
        ].join(" · ")}
      </p>
      <DialogFoot>
        <Button onClick={changes.dismiss}>{t.todos.leaveIt}</Button>
        <Button
          look="primary"
          onClick={() => {
            changes.dismiss();
            changes.change(now, change, t.todos.changed);
          }}
        >
          {t.todos.doItAllTheSame}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
