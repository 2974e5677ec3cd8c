// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { useI18n } from "@/i18n";
import { useDelayed } from "@/lib/clock";
import { Button } from "./Button";
import { cx } from "./cx";
import { Icon, type IconType } from "./Icon";
import { InfoIcon, OfflineIcon, RetryIcon, WarnIcon } from "./icons";
import styles from "./State.module.css";

/** A failure in words, without anything of the transport. */
export interface Failure {
  detail: string;
  requestId?: string | undefined;
  offline?: boolean;
  /** Who could do what was refused, one sentence each. */
  needs?: readonly string[];
}

/** Instead of content that never came. */
export function ErrorPanel({
  title,
  failure,
  whole,
  onRetry,
  children,
}: {
  title?: string;
  failure: Failure;
  /** It stands for the whole page, so its title is the page's. */
  whole?: boolean;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const Title = whole ? "h1" : "h2";
  return (
    <div className={cx(styles.state, styles.bad)} role="alert">
      <Icon of={failure.offline ? OfflineIcon : WarnIcon} size={24} />
      <Title>{title ?? t.error.title}</Title>
      <p>{failure.detail}</p>
      {failure.needs && failure.needs.length > 0 && (
        <p>
          {t.error.needs.title}: {failure.needs.join(" · ")}
        </p>
      )}
      {failure.requestId && (
        <p className={styles.request}>{t.error.requestId(failure.requestId)}</p>
      )}
      {(onRetry || children) && (
        <div className={styles.actions}>
          {onRetry && (
            <Button icon={RetryIcon} onClick={onRetry}>
              {t.common.retry}
            </Button>
          )}
          {children}
        </div>
      )}
    </div>
  );
}

/** There is nothing, and why, and what to do. */
export function EmptyState({
  title,
  hint,
  icon,
  actions,
  whole,
  children,
}: {
  title: string;
  hint?: ReactNode;
  icon?: IconType;
  actions?: ReactNode;
  /** It stands for the whole page, so its title is the page's. */
  whole?: boolean;
  children?: ReactNode;
}) {
  const Title = whole ? "h1" : "h2";
  return (
    <div className={styles.state}>
      {icon && <Icon of={icon} size={24} />}
      <Title>{title}</Title>
      {hint && <p>{hint}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {children && <div className={styles.extra}>{children}</div>}
    </div>
  );
}

export function Banner({
  tone = "info",
  icon,
  actions,
  children,
}: {
  tone?: "info" | "warn" | "bad";
  icon?: IconType;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={cx(styles.banner, tone !== "info" && styles[tone])} role="status">
      <Icon of={icon ?? (tone === "info" ? InfoIcon : WarnIcon)} />
      <p>{children}</p>
      {actions && <div className={styles.bannerEnd}>{actions}</div>}
    </div>
  );
}

/** Good content stays when a refresh fails; this says how old it is. */
export function StaleNote({ since, onRetry }: { since: number; onRetry: () => void }) {
  const { t, f } = useI18n();
  return (
    <Banner
      tone="warn"
      icon={OfflineIcon}
      actions={
        <Button small icon={RetryIcon} onClick={onRetry}>
          {t.common.retry}
        </Button>
      }
    >
      {t.error.dimmed(f.time(since))}
    </Banner>
  );
}

/** A line of text that is on its way. */
export function Bone({ width }: { width: number | string }) {
  return <span className={styles.bone} style={{ width }} />;
}

/** Shows the skeleton only when loading takes longer than a blink. */
export function Skeleton({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const late = useDelayed(true);
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        {t.common.loading}
      </span>
      <div aria-hidden="true" style={{ visibility: late ? "visible" : "hidden" }}>
        {children}
      </div>
    </div>
  );
}
