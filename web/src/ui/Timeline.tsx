// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Tone } from "./Chip";
import { cx } from "./cx";
import { Icon, type IconType } from "./Icon";
import { Age } from "./Text";
import styles from "./Timeline.module.css";

export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className={styles.list} aria-label={label}>
      {children}
    </ol>
  );
}

export function TimelineItem({
  icon,
  tone = "none",
  at,
  title,
  children,
}: {
  icon: IconType;
  tone?: Tone;
  at: string;
  title: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className={styles.item}>
      <span className={cx(styles.mark, tone !== "none" && styles[tone])}>
        <Icon of={icon} size={12} />
      </span>
      <span className={styles.title}>{title}</span>
      <span className={styles.time}>
        <Age at={at} />
      </span>
      {children && <div className={styles.detail}>{children}</div>}
    </li>
  );
}
