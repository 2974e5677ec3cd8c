// SPDX-License-Identifier: Apache-2.0
import type { Campaign, Todo } from "@/api/generated";
import { useI18n } from "@/i18n";
import { useNow } from "@/lib/clock";
import { Chip, type Tone } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { Icon, type IconType } from "@/ui/Icon";
import {
  CheckIcon,
  ClockIcon,
  CloseIcon,
  ExemptIcon,
  HeldIcon,
  MinusIcon,
  OpenIcon,
  PausedIcon,
  RestoreIcon,
  RetiredIcon,
  ShowIcon,
  UserIcon,
  WarnIcon,
} from "@/ui/icons";
import { Inline } from "@/ui/Text";
import { texts } from "./messages";
import { nameOf } from "./model";
import styles from "./Todos.module.css";

export const STATE_LOOK: Record<string, [Tone, IconType]> = {
  open: ["info", OpenIcon],
  waiting: ["warn", PausedIcon],
  in_review: ["info", ShowIcon],
  done: ["ok", CheckIcon],
  not_applicable: ["none", RetiredIcon],
  exempt: ["none", ExemptIcon],
  cancelled: ["none", MinusIcon],
};

/** State of an item: shape, word and colour. */
export function StateChip({ state }: { state: string }) {
  const { t } = useI18n(texts);
  const [tone, icon] = STATE_LOOK[state] ?? ["none", MinusIcon];
  const names: Record<string, string> = t.todos.states;
  return (
    <Chip tone={tone} icon={icon}>
      {names[state] ?? state}
    </Chip>
  );
}

const CAMPAIGN_LOOK: Record<Campaign["state"] | "held", [Tone, IconType]> = {
  draft: ["none", MinusIcon],
  scheduled: ["info", ClockIcon],
  running: ["info", OpenIcon],
  finished: ["ok", CheckIcon],
  cancelled: ["none", CloseIcon],
  held: ["warn", HeldIcon],
};

/** State of a campaign, with what keeps it from going on. */
export function CampaignChip({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n(texts);
  const state = campaign.held ? "held" : campaign.state;
  const [tone, icon] = CAMPAIGN_LOOK[state];
  return (
    <span className={styles.state}>
      <Chip tone={tone} icon={icon}>
        {t.campaigns.states[state]}
      </Chip>
      {campaign.rule?.quarantine && (
        <Chip tone="bad" icon={WarnIcon}>
          {t.campaigns.quarantined}
        </Chip>
      )}
      {campaign.permanent && <Chip icon={RestoreIcon}>{t.campaigns.permanent}</Chip>}
    </span>
  );
}

/** When it is due: how far away, and the day itself. */
export function Due({ day, overdue }: { day: string | null; overdue: boolean }) {
  const { t, f } = useI18n(texts);
  const now = useNow();
  if (day === null) {
    return <span className={styles.soft}>{t.todos.noDue}</span>;
  }
  return (
    <span className={cx(styles.due, overdue && styles.overdue)}>
      <span className={styles.away}>
        {overdue && <Icon of={WarnIcon} size={14} />}
        {f.away(day, now)}
        {overdue && <span className="visually-hidden"> {t.todos.groups.overdue}</span>}
      </span>
      <time dateTime={day} className={styles.exact}>
        {f.calendar(day)}
      </time>
    </span>
  );
}

export function Assignee({ of }: { of: Todo["assignee"] }) {
  const { t } = useI18n(texts);
  return of === null ? (
    <span className={styles.soft}>{t.todos.nobody}</span>
  ) : (
    <Inline title={of}>
      <Icon of={UserIcon} size={14} />
      {nameOf(of)}
    </Inline>
  );
}
