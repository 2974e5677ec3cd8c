// SPDX-License-Identifier: Apache-2.0
import { createLink } from "@tanstack/react-router";
import {
  type AnchorHTMLAttributes,
  type CSSProperties,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useI18n } from "@/i18n";
import { useDelayed } from "@/lib/clock";
import { useHotkeys } from "@/lib/hotkeys";
import { usePrefs } from "@/lib/prefs";
import { cx } from "./cx";
import styles from "./DataTable.module.css";
import { Icon } from "./Icon";
import { DownIcon } from "./icons";
import { Bone } from "./State";
import { useWindow } from "./useWindow";

export interface Column<Row> {
  id: string;
  header: string;
  /** A grid track, e.g. `minmax(0, 2fr)`. */
  track: string;
  end?: boolean;
  /** Shown from this width of the table on. */
  from?: number;
  /** The sort order that a click on the header asks for. */
  sort?: string;
  /** `width` is that of this column, for what must fit exactly. */
  cell: (row: Row, place: { width: number; table: number }) => ReactNode;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Nothing yet: rows of bones at the final height. */
  loading?: boolean;
  /** Rows of an earlier question, shown until the answer comes. */
  dimmed?: boolean;
  /** All rows there are, if known; more than are loaded. */
  total?: number | undefined;
  hasMore?: boolean;
  onEnd?: () => void;
  sort?: string;
  onSort?: (sort: string) => void;
  /** Told whether the pointer or the focus is in the rows: they must not move then. */
  onHold?: (held: boolean) => void;
  /** Instead of rows: an empty state or an error, outside of the table's roles. */
  instead?: ReactNode;
}

const HEIGHT = { comfortable: 44, compact: 34 };
const HEAD = 35; // with its border
const SKELETON_ROWS = 14;
const NEAR_END = 15;
const BONES = [62, 48, 70, 55, 40];

/** Width of the element, and of each of its children, followed as they change. */
function useWidths(columns: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [widths, setWidths] = useState<number[]>([]);
  const [table, setTable] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns have other widths
  useLayoutEffect(() => {
    const head = ref.current;
    if (!head) {
      return;
    }
    const measure = () => {
      setTable(head.clientWidth);
      setWidths([...head.children].map((cell) => (cell as HTMLElement).offsetWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(head);
    return () => observer.disconnect();
  }, [columns]);
  return { ref, widths, table };
}

/**
 * A virtual table: only the rows in view are in the document, whatever their
 * number. The server sorts and filters. j/k and the arrows move through rows.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, loading = false, total, hasMore = false, onEnd, onHold } = props;
  const { density } = usePrefs();
  const height = HEIGHT[density];
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const late = useDelayed(loading);
  const [visible, setVisible] = useState(props.columns.length);
  const head = useWidths(visible);
  const columns = props.columns.filter((c) => head.table === 0 || head.table >= (c.from ?? 0));
  useEffect(() => setVisible(columns.length), [columns.length]);

  const count = loading ? SKELETON_ROWS : rows.length;
  const activeIndex = active === undefined ? -1 : rows.findIndex((row) => rowKey(row) === active);
  const shown = useWindow(scroller, { count, height, head: HEAD });
  const drawn = Array.from({ length: shown.to - shown.from }, (_, i) => shown.from + i);
  // The row with the focus stays in the document when it scrolls out of view:
  // else the focus would be lost.
  if (activeIndex >= 0 && activeIndex < shown.from) {
    drawn.unshift(activeIndex);
  } else if (activeIndex >= shown.to) {
    drawn.push(activeIndex);
  }
  useEffect(() => {
    if (!loading && hasMore && shown.to > rows.length - NEAR_END) {
      onEnd?.();
    }
  }, [loading, hasMore, shown.to, rows.length, onEnd]);

  const move = (step: number) => {
    const from = activeIndex >= 0 ? activeIndex + step : 0;
    const to = Math.max(0, Math.min(rows.length - 1, from));
    const row = rows[to];
    if (row === undefined) {
      return;
    }
    // At once: the next key may be on its way, and Enter opens what has the focus.
    flushSync(() => setActive(rowKey(row)));
    shown.reveal(to);
    focusRow(scroller.current, to);
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) });

  const tracks = { "--tracks": columns.map((c) => c.track).join(" ") } as CSSProperties;
  return (
    <div className={styles.card}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows move the focus between the links */}
      <div
        ref={scroller}
        className={styles.scroller}
        onMouseEnter={() => onHold?.(true)}
        onMouseLeave={() => onHold?.(scroller.current?.contains(document.activeElement) ?? false)}
        onFocus={() => onHold?.(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) {
            onHold?.(event.currentTarget.matches(":hover"));
          }
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step && event.target instanceof HTMLAnchorElement) {
            event.preventDefault();
            move(step);
          }
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: absolutely placed rows cannot be a table element */}
        <div
          role="table"
          aria-label={label}
          aria-busy={loading}
          aria-rowcount={hasMore ? (total ?? -1) + (total === undefined ? 0 : 1) : rows.length + 1}
          style={tracks}
        >
          <Head {...props} columns={columns} refTo={head.ref} />
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div
            role="rowgroup"
            className={cx(styles.body, props.dimmed && styles.dim)}
            style={{ height: count * height }}
          >
            {loading
              ? late && (
                  <Bones ends={columns.map((column) => column.end ?? false)} height={height} />
                )
              : drawn.map((index) => {
                  const row = rows[index];
                  if (row === undefined) {
                    return null;
                  }
                  const key = rowKey(row);
                  return (
                    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above; its link takes the focus
                    <div
                      key={key}
                      role="row"
                      aria-rowindex={index + 2}
                      data-index={index}
                      className={styles.row}
                      style={{ transform: `translateY(${index * height}px)` }}
                      onFocus={() => setActive(key)}
                    >
                      {columns.map((column, i) => (
                        // biome-ignore lint/a11y/useSemanticElements: see above
                        <div
                          key={column.id}
                          role="cell"
                          className={cx(styles.cell, column.end && styles.end)}
                        >
                          {column.cell(row, { width: head.widths[i] ?? 0, table: head.table })}
                        </div>
                      ))}
                    </div>
                  );
                })}
          </div>
        </div>
      </div>
      {props.instead}
    </div>
  );
}

/** False when the row is not in the document yet. */
function focusRow(scroller: HTMLElement | null, index: number): boolean {
  const link = scroller?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  link?.focus({ preventScroll: true });
  return Boolean(link);
}

function Head<Row>({
  columns,
  sort,
  onSort,
  refTo,
}: DataTableProps<Row> & { refTo: React.Ref<HTMLDivElement> }) {
  const { t } = useI18n();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataTable
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see DataTable */}
      <div role="row" className={styles.row} ref={refTo} aria-rowindex={1}>
        {columns.map((column) => {
          const by = column.sort;
          const sorted = by !== undefined && sort === by;
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see DataTable
            <div
              key={column.id}
              role="columnheader"
              className={cx(styles.cell, column.end && styles.end)}
              aria-sort={sorted ? (by === "updated" ? "descending" : "ascending") : undefined}
            >
              {by && onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  aria-pressed={sorted}
                  title={t.services.sortBy(column.header)}
                  onClick={() => onSort(by)}
                >
                  {column.header}
                  <Icon of={DownIcon} size={12} />
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Bones({ ends, height }: { ends: readonly boolean[]; height: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      key={row}
      aria-hidden="true"
      className={styles.row}
      style={{ transform: `translateY(${row * height}px)` }}
    >
      {ends.map((end, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={i} className={cx(styles.cell, end && styles.end)}>
          <Bone width={end ? 24 : `${BONES[(row + i) % BONES.length]}%`} />
        </div>
      ))}
    </div>
  ));
}

/** Two lines in a row: the linked name, and what it is. One line when compact. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <div className={styles.twoLines}>
      <div className={styles.first}>{first}</div>
      {second && <div className={styles.second}>{second}</div>}
    </div>
  );
}

export function Soft({ children }: { children: ReactNode }) {
  return <span className={styles.soft}>{children}</span>;
}

function RowAnchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} className={styles.link} />;
}

/** The link that a row is. */
export const RowLink = createLink(RowAnchor);

/** A small table that needs no virtual rows. */
export function PlainTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.plainScroll}>
      <table className={styles.plain} aria-label={label}>
        {children}
      </table>
    </div>
  );
}
