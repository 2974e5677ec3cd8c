// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { useI18n } from "@/i18n";
import { fitTags, textWidth } from "@/lib/fit";
import styles from "./Chip.module.css";
import { cx } from "./cx";
import { Icon, type IconType } from "./Icon";
import {
  CheckIcon,
  CloseIcon,
  DeleteIcon,
  ExperimentalIcon,
  MinusIcon,
  RetiredIcon,
  WarnIcon,
} from "./icons";

export type Tone = "ok" | "warn" | "bad" | "info" | "none";

interface ChipProps {
  tone?: Tone;
  icon?: IconType;
  title?: string;
  children: ReactNode;
}

const SHAPE: Record<Tone, IconType> = {
  ok: CheckIcon,
  warn: WarnIcon,
  bad: CloseIcon,
  info: ExperimentalIcon,
  none: MinusIcon,
};

/** A status: shape, word and colour. */
export function Chip({ tone = "none", icon, title, children }: ChipProps) {
  return (
    <span className={cx(styles.chip, tone !== "none" && styles[tone])} title={title}>
      <Icon of={icon ?? SHAPE[tone]} size={12} />
      {children}
    </span>
  );
}

const LIFECYCLES: Record<string, [Tone, IconType]> = {
  experimental: ["info", ExperimentalIcon],
  production: ["ok", CheckIcon],
  deprecated: ["warn", WarnIcon],
  retired: ["none", RetiredIcon],
  tombstoned: ["bad", DeleteIcon],
};

/** Lifecycle of a service; `tombstoned` stands for one that was deleted. */
export function LifecycleChip({ value }: { value: string | null }) {
  const { t } = useI18n();
  const [tone, icon] = LIFECYCLES[value ?? ""] ?? ["none", MinusIcon];
  const names: Record<string, string> = t.lifecycle;
  return (
    <Chip tone={tone} icon={icon}>
      {names[value ?? "unspecified"] ?? value}
    </Chip>
  );
}

export function Tag({ children }: { children: string }) {
  return (
    <span className={styles.tag} title={children}>
      {children}
    </span>
  );
}

export const tagClass = styles.tag;

export function TagGroup({ children }: { children: ReactNode }) {
  return <div className={cx(styles.tags, styles.wrap)}>{children}</div>;
}

/** A chosen value that a click takes away. */
export function PickedTag({ tag, onRemove }: { tag: string; onRemove: () => void }) {
  const { t } = useI18n();
  return (
    <button
      type="button"
      className={styles.pick}
      onClick={onRemove}
      aria-label={t.filter.removeTag(tag)}
    >
      {tag}
      <Icon of={CloseIcon} size={14} />
    </button>
  );
}

const BOX = { gap: 4, frame: 12 };

/** Tags on one line of a known width; those that do not fit become “+2”. */
export function TagLine({ tags, width }: { tags: readonly string[]; width: number }) {
  const font = `11px ${getComputedStyle(document.documentElement).fontFamily}`;
  const shown = fitTags(tags, width, (text) => textWidth(text, font), BOX);
  const rest = tags.slice(shown);
  return (
    <span className={styles.tags}>
      {tags.slice(0, shown).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {rest.length > 0 && (
        <span className={styles.tag} title={rest.join(", ")}>
          +{rest.length}
          <span className="visually-hidden">: {rest.join(", ")}</span>
        </span>
      )}
    </span>
  );
}

/** `more` = there are more than were counted. */
export function CountBadge({ count, bad, more }: { count: number; bad?: boolean; more?: boolean }) {
  const { f } = useI18n();
  return (
    <span className={cx(styles.count, bad && styles.bad)}>
      {f.number(count)}
      {more && "+"}
    </span>
  );
}
