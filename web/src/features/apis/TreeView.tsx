// SPDX-License-Identifier: Apache-2.0
import { Link, useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { DownIcon, RightIcon } from "@/ui/icons";
import { symbolIcon } from "@/ui/symbols";
import { useWindow } from "@/ui/useWindow";
import styles from "./Apis.module.css";
import { texts } from "./messages";
import { usePlace } from "./place";
import { holdsSymbols, parentRow, type Row, typedAhead } from "./tree";

const HEIGHT = 28;

interface TreeProps {
  rows: readonly Row[];
  /** The row of what is shown beside the tree. */
  shown: string | undefined;
  onToggle: (name: string, open: boolean) => void;
}

/** The name that a row leads to; a package that only holds others leads nowhere. */
function nameOf(row: Row): string | undefined {
  if (row.kind === "symbol") {
    return row.item.fullName;
  }
  return row.kind === "package" && holdsSymbols(row.node) ? row.node.name : undefined;
}

/**
 * The WAI-ARIA tree pattern over virtual rows: the tree has the focus, and
 * names the row that the keys are about.
 */
export function Tree({ rows, shown, onToggle }: TreeProps) {
  const { t } = useI18n(texts);
  const { repository, revision } = usePlace();
  const router = useRouter();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === (active ?? shown)),
  );
  const view = useWindow(scroller, { count: rows.length, height: HEIGHT, head: 0 });
  useReveal(rows, shown, scroller);

  const move = (to: number) => {
    const row = rows[to];
    if (row) {
      setActive(row.id);
      view.reveal(to);
    }
  };
  const visit = (row: Row) => {
    const name = nameOf(row);
    if (name !== undefined) {
      router.navigate({
        to: "/apis/$repository/$name",
        params: { repository, name },
        search: { revision },
      });
    } else if (row.kind === "package" && row.open !== undefined) {
      onToggle(row.node.name, !row.open);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) {
      return;
    }
    if (step(event.key, { rows, at, move, visit, onToggle })) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  // The active row must be in the document: the tree names it.
  const drawn = Array.from({ length: view.to - view.from }, (_, i) => view.from + i);
  if (rows.length > 0 && !drawn.includes(at)) {
    drawn.push(at);
  }
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={t.apis.tree}
      aria-activedescendant={rows[at] ? `${id}${at}` : undefined}
      className={styles.rows}
      onKeyDown={press}
      hidden={rows.length === 0}
    >
      <div
        role="presentation"
        className={styles.rowsInner}
        style={{ height: rows.length * HEIGHT }}
      >
        {drawn.map((index) => {
          const row = rows[index];
          return (
            row && (
              <TreeRow
                key={row.id}
                id={`${id}${index}`}
                row={row}
                top={index * HEIGHT}
                active={index === at}
                shown={row.id === shown}
                onToggle={onToggle}
                onActive={() => setActive(row.id)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Scrolls to the row of what is shown as soon as that has one. */
function useReveal(
  rows: readonly Row[],
  shown: string | undefined,
  scroller: RefObject<HTMLElement | null>,
) {
  const index = rows.findIndex((row) => row.id === shown);
  const there = index >= 0;
  const place = useRef(index);
  place.current = index;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing is shown, another row
  useEffect(() => {
    const box = scroller.current;
    const top = place.current * HEIGHT;
    if (there && box && (top < box.scrollTop || top + HEIGHT > box.scrollTop + box.clientHeight)) {
      box.scrollTop = top - box.clientHeight / 3;
    }
  }, [shown, there]);
}

interface Stepping {
  rows: readonly Row[];
  at: number;
  move: (to: number) => void;
  visit: (row: Row) => void;
  onToggle: (name: string, open: boolean) => void;
}

/** What a key does in a tree; false = nothing. */
function step(key: string, { rows, at, move, visit, onToggle }: Stepping): boolean {
  const row = rows[at];
  if (!row) {
    return false;
  }
  switch (key) {
    case "ArrowDown":
      move(Math.min(at + 1, rows.length - 1));
      return true;
    case "ArrowUp":
      move(Math.max(at - 1, 0));
      return true;
    case "Home":
      move(0);
      return true;
    case "End":
      move(rows.length - 1);
      return true;
    case "ArrowRight":
      if (row.kind === "package" && row.open === false) {
        onToggle(row.node.name, true);
      } else if (row.open) {
        move(at + 1);
      }
      return true;
    case "ArrowLeft":
      if (row.kind === "package" && row.open) {
        onToggle(row.node.name, false);
      } else {
        move(parentRow(rows, at));
      }
      return true;
    case "Enter":
    case " ":
      visit(row);
      return true;
    default:
      if (/^[\p{L}\p{N}_]$/u.test(key)) {
        move(typedAhead(rows, at, key));
        return true;
      }
      return false;
  }
}

interface TreeRowProps {
  id: string;
  row: Row;
  top: number;
  active: boolean;
  shown: boolean;
  onToggle: (name: string, open: boolean) => void;
  onActive: () => void;
}

function TreeRow({ id, row, top, active, shown, onToggle, onActive }: TreeRowProps) {
  const toggle = () =>
    row.kind === "package" && row.open !== undefined && onToggle(row.node.name, !row.open);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the tree has the focus and takes the keys
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.of}
      aria-posinset={row.place}
      aria-expanded={row.open}
      aria-selected={shown}
      className={cx(styles.treeRow, active && styles.active)}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 14 }}
      onMouseDown={onActive}
      onClick={nameOf(row) === undefined ? toggle : undefined}
    >
      {row.open === undefined ? (
        <span className={styles.twist} />
      ) : (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the arrow keys do it
        <span
          className={styles.twist}
          onClick={(event) => {
            event.stopPropagation();
            toggle();
          }}
        >
          <Icon of={row.open ? DownIcon : RightIcon} size={12} />
        </span>
      )}
      <RowLabel row={row} />
    </div>
  );
}

function RowLabel({ row }: { row: Row }) {
  const { t } = useI18n(texts);
  const { repository, revision } = usePlace();
  if (row.kind === "loading" || row.kind === "failed") {
    const text = row.kind === "loading" ? t.common.loading : t.apis.rowFailed;
    return <span className={styles.rowNote}>{text}</span>;
  }
  const kind = row.kind === "package" ? "package" : row.item.kind;
  const label = row.kind === "package" ? row.node.label || t.apis.unnamed : row.item.name;
  const name = nameOf(row);
  const inside = (
    <>
      <Icon of={symbolIcon(kind)} size={14} />
      <span className="visually-hidden">{t.symbol[kind]} </span>
      <span className={styles.rowText}>{label}</span>
      {row.kind === "symbol" && row.item.deprecated && (
        <span className={styles.rowNote}>{t.sym.deprecated}</span>
      )}
    </>
  );
  return name === undefined ? (
    <span className={styles.rowLink}>{inside}</span>
  ) : (
    <Link
      to="/apis/$repository/$name"
      params={{ repository, name }}
      search={{ revision }}
      tabIndex={-1}
      className={styles.rowLink}
      title={name}
    >
      {inside}
    </Link>
  );
}
