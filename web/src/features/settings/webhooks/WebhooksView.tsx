// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type { Webhook } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip, Tag } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { PlainTable } from "@/ui/DataTable";
import { ActionIcon, PlusIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Age, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import { toneOf } from "./model";
import styles from "./Webhooks.module.css";

export interface WebhooksViewProps {
  /** undefined = not known yet. */
  webhooks: readonly Webhook[] | undefined;
  error?: unknown;
  updatedAt?: number;
  onRetry: () => void;
  onMake: () => void;
}

export function WebhooksView(props: WebhooksViewProps) {
  const { webhooks, error, updatedAt = 0, onRetry, onMake } = props;
  const { t } = useI18n(texts);
  const old = error !== undefined && webhooks !== undefined;
  return (
    <FlowPage>
      <PageHead
        title={t.webhooks.title}
        actions={
          <Button look="primary" icon={PlusIcon} onClick={onMake}>
            {t.webhooks.make}
          </Button>
        }
      />
      <p className={styles.lead}>{t.webhooks.lead}</p>
      {old && <StaleNote since={updatedAt} onRetry={onRetry} />}
      <div className={cx(styles.frame, old && styles.dim)}>
        <Content {...props} />
      </div>
    </FlowPage>
  );
}

function Content({ webhooks, error, onRetry }: WebhooksViewProps) {
  const { t } = useI18n(texts);
  if (webhooks && webhooks.length > 0) {
    return (
      <Frame>
        {webhooks.map((webhook) => (
          <Row key={webhook.id} webhook={webhook} />
        ))}
      </Frame>
    );
  }
  if (webhooks) {
    return (
      <EmptyState icon={ActionIcon} title={t.webhooks.emptyTitle} hint={t.webhooks.emptyHint} />
    );
  }
  if (error !== undefined) {
    return <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />;
  }
  return (
    <Skeleton>
      <Frame>
        {[40, 55, 35].map((width) => (
          <tr key={width} className={styles.rows}>
            <td>
              <Bone width={`${width}%`} />
            </td>
            <td>
              <Bone width="60%" />
            </td>
            <td className={styles.from720}>
              <Bone width="70%" />
            </td>
            <td className={styles.from720}>
              <Bone width="40%" />
            </td>
            <td className={styles.from720}>
              <Bone width="40%" />
            </td>
          </tr>
        ))}
      </Frame>
    </Skeleton>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useI18n(texts);
  const { col } = t.webhooks;
  return (
    <PlainTable label={t.webhooks.table}>
      <thead>
        <tr>
          <th scope="col">{col.name}</th>
          <th scope="col">{col.state}</th>
          <th scope="col" className={styles.from720}>
            {col.types}
          </th>
          <th scope="col" className={styles.from720}>
            {col.waiting}
          </th>
          <th scope="col" className={styles.from720}>
            {col.dead}
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </PlainTable>
  );
}

function Row({ webhook }: { webhook: Webhook }) {
  const { t, f } = useI18n(texts);
  const { col } = t.webhooks;
  const counts = `${col.waiting}: ${f.number(webhook.waiting)} · ${col.dead}: ${f.number(webhook.dead)}`;
  return (
    <tr>
      <td>
        <TextLink to="/settings/webhooks" search={{ webhook: webhook.id }}>
          {webhook.name}
        </TextLink>
        <span className={styles.second}>{hostOf(webhook.url)}</span>
      </td>
      <td>
        <StateOf webhook={webhook} />
        <span className={cx(styles.second, styles.below720)}>{counts}</span>
      </td>
      <td className={styles.from720}>
        <div className={styles.types}>
          {webhook.types.map((type) => (
            <Tag key={type}>{type}</Tag>
          ))}
        </div>
      </td>
      <td className={styles.from720}>{f.number(webhook.waiting)}</td>
      <td className={styles.from720}>{f.number(webhook.dead)}</td>
    </tr>
  );
}

/** The path of a receiver may be a secret of it. */
function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** The state, and since when it is no good. */
export function StateOf({ webhook }: { webhook: Webhook }) {
  const { t } = useI18n(texts);
  return (
    <>
      <Chip tone={toneOf(webhook)}>{t.webhooks.state[webhook.state]}</Chip>
      {webhook.failingSince && (
        <span className={styles.second}>
          {t.webhooks.failing} <Age at={webhook.failingSince} />
        </span>
      )}
    </>
  );
}
