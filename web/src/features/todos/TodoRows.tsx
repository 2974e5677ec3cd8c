// SPDX-License-Identifier: Apache-2.0
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import type { Todo } from "@/api/generated";
import { useI18n } from "@/i18n";
import { useHotkeys } from "@/lib/hotkeys";
import { Chip } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { ClockIcon } from "@/ui/icons";
import { Bone, Skeleton } from "@/ui/State";
import { Prose } from "@/ui/Text";
import { Assignee, Due, StateChip } from "./Chips";
import { texts } from "./messages";
import styles from "./Todos.module.css";

function TitleAnchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} className={styles.title} data-todo="" />;
}

const TitleLink = createLink(TitleAnchor);

interface TodoRowsProps {
  label: string;
  todos: readonly Todo[];
  /** What all of them share, and so need not say. */
  without?: "campaign" | "service";
  selected?: ReadonlySet<number>;
  onSelect?: (id: number, on: boolean) => void;
}

/** Items below each other: what is asked, of which service, how far, until when, by whom. */
export function TodoRows({ label, todos, without, selected, onSelect }: TodoRowsProps) {
  const { t, f } = useI18n(texts);
  return (
    <ul className={styles.rows} aria-label={label}>
      {todos.map((todo) => (
        <li
          key={todo.id}
          data-id={todo.id}
          className={cx(
            styles.row,
            onSelect && styles.selectable,
            selected?.has(todo.id) && styles.selected,
          )}
        >
          {onSelect && (
            <input
              type="checkbox"
              className={styles.check}
              aria-label={t.todos.select(todo.title, todo.serviceID)}
              checked={selected?.has(todo.id) ?? false}
              onChange={(event) => onSelect(todo.id, event.target.checked)}
            />
          )}
          <div className={styles.what}>
            <TitleLink
              to="."
              search={(before: Record<string, unknown>) => ({ ...before, item: todo.id })}
              resetScroll={false}
              aria-haspopup="dialog"
            >
              <Prose text={without === "campaign" ? todo.serviceID : todo.title} />
            </TitleLink>
            <span className={styles.where}>
              {[
                without === "campaign" ? (todo.team ?? t.services.unowned) : originOf(todo),
                without === undefined && todo.serviceID,
              ]
                .filter(Boolean)
                .reverse()
                .join(" · ")}
            </span>
          </div>
          <div className={styles.facts}>
            <span className={styles.state}>
              <StateChip state={todo.state} />
              {todo.snoozedUntil && (
                <Chip icon={ClockIcon} title={t.todos.snoozedUntil(f.calendar(todo.snoozedUntil))}>
                  {t.todos.snoozed}
                </Chip>
              )}
            </span>
            <Due day={todo.due} overdue={todo.overdue} />
            <Assignee of={todo.assignee} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The campaign that asks for it, or the system that it came from. */
const originOf = (todo: Todo) =>
  todo.campaign ?? [todo.source, todo.externalID].filter(Boolean).join(" ");

const links = () => [...document.querySelectorAll<HTMLElement>("[data-todo]")];

/** j and k go through all items of the screen, x takes the one with the focus. */
export function useRowKeys(onToggle?: (id: number) => void): void {
  const move = (step: number) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step));
    all[next]?.focus();
    all[next]?.scrollIntoView?.({ block: "nearest" });
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const id = document.activeElement?.closest<HTMLElement>("[data-id]")?.dataset.id;
      if (id && onToggle) {
        onToggle(Number(id));
      }
    },
  });
}

export function RowBones({ count }: { count: number }) {
  return (
    <Skeleton>
      <div className={styles.rows}>
        {Array.from({ length: count }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <div key={i} className={styles.row}>
            <div className={styles.what}>
              <Bone width={`${[52, 38, 60, 44][i % 4]}%`} />
              <Bone width={`${[30, 24, 36, 28][i % 4]}%`} />
            </div>
            <div className={styles.facts}>
              <Bone width={64} />
              <Bone width={70} />
              <Bone width={56} />
            </div>
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
