// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import type { Session, Todo, TodoChangeRequest } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { CloseIcon } from "@/ui/icons";
import { ChangeDialog, type Deed } from "./ChangeDialog";
import { texts } from "./messages";
import { bulkable, isToDo } from "./model";
import styles from "./Todos.module.css";
import type { Changes } from "./useChanges";

interface BulkBarProps {
  todos: readonly Todo[];
  session: Session | undefined;
  changes: Changes;
  /** Those that stay selected. */
  onKeep: (ids: readonly number[]) => void;
}

const DEEDS = ["assign", "snooze", "not_applicable"] as const satisfies readonly Deed[];
/** Of no use where nothing is left to do. */
const TO_COME: readonly Deed[] = ["assign", "snooze"];

/** What can be done with all that is selected. */
export function BulkBar({ todos, session, changes, onKeep }: BulkBarProps) {
  const { t } = useI18n(texts);
  const [deed, setDeed] = useState<Deed>();
  if (todos.length === 0) {
    return null;
  }
  const some = bulkable(todos);
  const toDo = some.some(({ state }) => isToDo(state));
  const carryOut = async (change: TodoChangeRequest) => {
    const refused = await changes.changeAll(some, change, t.todos.changedMany);
    onKeep(refused);
    // What was refused stays selected, and is told above the list.
    return true;
  };
  return (
    <section className={styles.bulk} aria-label={t.todos.bulk}>
      <span className={styles.bulkCount} role="status">
        {t.todos.selected(todos.length)}
      </span>
      {toDo && session && (
        <Button
          small
          disabled={changes.busy}
          onClick={() => carryOut({ assignee: session.subject })}
        >
          {t.todos.assignMe}
        </Button>
      )}
      {DEEDS.filter((each) => toDo || !TO_COME.includes(each)).map((each) => (
        <Button key={each} small disabled={changes.busy} onClick={() => setDeed(each)}>
          {t.todos.deeds[each]}…
        </Button>
      ))}
      <IconButton
        small
        look="quiet"
        icon={CloseIcon}
        label={t.todos.selectNone}
        onClick={() => onKeep([])}
      />
      {deed && (
        <ChangeDialog
          deed={deed}
          todos={some}
          busy={changes.busy}
          onClose={() => setDeed(undefined)}
          onChange={carryOut}
        />
      )}
    </section>
  );
}
