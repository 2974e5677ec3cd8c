// SPDX-License-Identifier: Apache-2.0
import type { TodoCounts } from "@/api/generated";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { WarnIcon } from "@/ui/icons";
import { texts } from "./messages";
import { percentOf, settledOf, totalOf } from "./model";
import styles from "./Todos.module.css";

/** How far something has come: a bar, the share, and what is overdue. */
export function Progress({ counts }: { counts: TodoCounts }) {
  const { t, f } = useI18n(texts);
  const total = totalOf(counts);
  const settled = settledOf(counts);
  const width = (count: number) => `${total === 0 ? 0 : (100 * count) / total}%`;
  return (
    <div className={styles.progress}>
      <div className={styles.bar} aria-hidden="true">
        <span className={styles.settled} style={{ width: width(settled) }} />
        <span
          className={styles.underway}
          style={{ width: width(counts.inReview + counts.waiting) }}
        />
      </div>
      {/* Where all was cancelled there is nothing to be a share of. */}
      {(total > 0 || counts.cancelled === 0) && (
        <span>
          <span className={styles.figure}>{t.campaigns.share(percentOf(counts))}</span>{" "}
          <span className={cx(styles.figure, styles.soft)}>
            {t.campaigns.settledOf(settled, total)}
          </span>
        </span>
      )}
      {counts.overdue > 0 && (
        <span className={styles.overdue} title={t.campaigns.overdue(counts.overdue)}>
          <span className={styles.away}>
            <Icon of={WarnIcon} size={12} />
            {f.number(counts.overdue)}
            <span className="visually-hidden"> {t.todos.groups.overdue}</span>
          </span>
        </span>
      )}
      {counts.cancelled > 0 && (
        <span className={cx(styles.soft, styles.cancelled)}>
          {t.campaigns.cancelled(counts.cancelled)}
        </span>
      )}
    </div>
  );
}
