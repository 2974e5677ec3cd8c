// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { describe } from "@/api/describe";
import type { TodoMatrix } from "@/api/generated";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { MinusIcon } from "@/ui/icons";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { useWindow } from "@/ui/useWindow";
import { matrixQuery } from "./api";
import { STATE_LOOK, StateChip } from "./Chips";
import styles from "./Matrix.module.css";
import { texts } from "./messages";
import { STATES } from "./model";

const ROW = 34;
const HEAD = 56;
const NEAR_END = 40;

/** Services and the campaigns that run: who is how far with what. */
export function Matrix({ campaign, onOpen }: { campaign: string; onOpen: (id: number) => void }) {
  const { t } = useI18n(texts);
  const list = useInfiniteQuery(matrixQuery(campaign));
  const pages = list.data?.pages;
  const retry = () => list.refetch();
  if (!pages) {
    return list.error ? (
      <ErrorPanel failure={describe(list.error, t)} onRetry={retry} />
    ) : (
      <Bones />
    );
  }
  const rows = pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return <EmptyState title={t.campaign.noItems} hint={t.campaign.noItemsHint} />;
  }
  return (
    <>
      {list.isError && <StaleNote since={list.dataUpdatedAt} onRetry={retry} />}
      <Grid
        campaign={campaign}
        campaigns={pages[0]?.campaigns ?? []}
        rows={rows}
        hasMore={list.hasNextPage}
        onEnd={() => {
          if (list.hasNextPage && !list.isFetchingNextPage) {
            list.fetchNextPage();
          }
        }}
        onOpen={onOpen}
      />
      <div className={styles.legend}>
        {STATES.map((state) => (
          <StateChip key={state} state={state} />
        ))}
      </div>
    </>
  );
}

interface GridProps {
  /** The one that the screen is about, which comes first. */
  campaign: string;
  campaigns: TodoMatrix["campaigns"];
  rows: TodoMatrix["items"];
  hasMore: boolean;
  onEnd: () => void;
  onOpen: (id: number) => void;
}

/** Only rows in view are in the document; the arrows move one cell at a time. */
export function Grid({ campaign, campaigns, rows, hasMore, onEnd, onOpen }: GridProps) {
  const { t } = useI18n(texts);
  const columns = [...campaigns].sort(
    (a, b) => Number(b.name === campaign) - Number(a.name === campaign),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const shown = useWindow(scroller, { count: rows.length, height: ROW, head: HEAD });
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (hasMore && shown.to > rows.length - NEAR_END) {
      end.current();
    }
  }, [hasMore, shown.to, rows.length]);
  const focus = (row: number, column: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`)?.focus();
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [10, 0],
      PageUp: [-10, 0],
    };
    const to =
      event.key === "Home"
        ? { row: event.ctrlKey ? 0 : active.row, column: 0 }
        : event.key === "End"
          ? { row: event.ctrlKey ? rows.length - 1 : active.row, column: columns.length - 1 }
          : steps[event.key]
            ? {
                row: active.row + (steps[event.key]?.[0] ?? 0),
                column: active.column + (steps[event.key]?.[1] ?? 0),
              }
            : undefined;
    if (!to) {
      return;
    }
    event.preventDefault();
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    };
    // At once: the next key may be on its way, and Enter opens what has the focus.
    flushSync(() => setActive(next));
    shown.reveal(next.row);
    focus(next.row, next.column);
  };
  const drawn = Array.from({ length: shown.to - shown.from }, (_, i) => shown.from + i);
  // The cell that takes the keyboard stays in the document.
  if (active.row < shown.from) {
    drawn.unshift(active.row);
  } else if (active.row >= shown.to && active.row < rows.length) {
    drawn.push(active.row);
  }
  const tracks = {
    "--tracks": `var(--name) repeat(${columns.length}, var(--cell))`,
  } as CSSProperties;
  return (
    <div ref={scroller} className={styles.scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: absolutely placed rows cannot be a table element */}
      <div
        role="grid"
        aria-label={t.campaign.matrix}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-colcount={columns.length + 1}
        className={styles.grid}
        style={tracks}
        onKeyDown={move}
        tabIndex={-1}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above; its cells take the focus */}
        <div role="row" aria-rowindex={1} className={cx(styles.row, styles.head)}>
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above */}
          <div role="columnheader" className={styles.name}>
            {t.services.col.service}
          </div>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above
            <div
              key={column.name}
              role="columnheader"
              title={column.title}
              className={cx(styles.column, column.name === campaign && styles.this)}
            >
              <span>{column.title}</span>
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className={styles.body} style={{ height: rows.length * ROW }}>
          {drawn.map((index) => {
            const row = rows[index];
            return row ? (
              // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above
              <div
                key={row.serviceID}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                style={{ transform: `translateY(${index * ROW}px)` }}
              >
                {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above */}
                <div role="rowheader" className={styles.name} title={row.serviceID}>
                  {row.serviceID}
                </div>
                {columns.map((column, i) => {
                  const todo = row.todos.find((each) => each.campaign === column.name);
                  const here = active.row === index && active.column === i;
                  return (
                    <Cell
                      key={column.name}
                      place={`${index},${i}`}
                      state={todo?.state}
                      here={here}
                      onFocus={() => setActive({ row: index, column: i })}
                      onOpen={() => todo && onOpen(todo.id)}
                    />
                  );
                })}
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

interface CellProps {
  place: string;
  state: string | undefined;
  /** It takes the keyboard when the grid does. */
  here: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

function Cell({ place, state, here, onFocus, onOpen }: CellProps) {
  const { t } = useI18n(texts);
  const states: Record<string, string> = t.todos.states;
  const [tone, icon] = STATE_LOOK[state ?? ""] ?? ["none", MinusIcon];
  const name = state === undefined ? t.campaign.noItem : (states[state] ?? state);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see Grid
    <div
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-cell={place}
      className={cx(styles.cell, state !== undefined && styles.full, styles[tone])}
      title={name}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onOpen();
        }
      }}
    >
      {state === undefined ? <span aria-hidden="true">·</span> : <Icon of={icon} size={14} />}
      <span className="visually-hidden">{name}</span>
    </div>
  );
}

function Bones() {
  return (
    <Skeleton>
      <div className={styles.bones}>
        {Array.from({ length: 8 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <div key={i} className={styles.boneRow}>
            <Bone width={140} />
            <Bone width={20} />
            <Bone width={20} />
            <Bone width={20} />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
