// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type { Webhook, WebhookDelivery } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { PlainTable } from "@/ui/DataTable";
import { SelectField } from "@/ui/Field";
import { EditIcon, RetryIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Banner, Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { Age, Mono, TextLink } from "@/ui/Text";
import type { DeliveryState } from "./api";
import { texts } from "./messages";
import { deliveryTone } from "./model";
import styles from "./Webhooks.module.css";
import { StateOf } from "./WebhooksView";

export interface WebhookViewProps {
  webhook: Webhook;
  /** undefined = not known yet. */
  deliveries: readonly WebhookDelivery[] | undefined;
  error?: unknown;
  state: DeliveryState | undefined;
  more: boolean;
  busy: boolean;
  onState: (state: DeliveryState | undefined) => void;
  onMore: () => void;
  onReload: () => void;
  onEdit: () => void;
  onTest: () => void;
  onPause: () => void;
  onEnable: () => void;
  onRotate: () => void;
  onReplay: () => void;
  onRemove: () => void;
  onRetry: (delivery: WebhookDelivery) => void;
}

export function WebhookView(props: WebhookViewProps) {
  const { webhook } = props;
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead
        title={webhook.name}
        aside={<TextLink to="/settings/webhooks">{t.webhooks.all}</TextLink>}
        actions={<Actions {...props} />}
      />
      {webhook.reason && (
        <Banner tone="warn">
          <span lang="en">{webhook.reason}</span>
        </Banner>
      )}
      <Panel title={t.webhooks.settings}>
        <Facts webhook={webhook} />
      </Panel>
      <Panel title={t.webhooks.deliveries} flush>
        <Filter {...props} />
        <Deliveries {...props} />
      </Panel>
    </FlowPage>
  );
}

function Actions(props: WebhookViewProps) {
  const { webhook, busy } = props;
  const { t } = useI18n(texts);
  const off = webhook.state === "disabled";
  return (
    <>
      <Button icon={EditIcon} onClick={props.onEdit}>
        {t.webhooks.edit.action}
      </Button>
      <Button disabled={busy} onClick={props.onTest}>
        {t.webhooks.test}
      </Button>
      {webhook.state === "active" ? (
        <Button disabled={busy} onClick={props.onPause}>
          {t.webhooks.pause}
        </Button>
      ) : (
        <Button look="primary" disabled={busy} onClick={props.onEnable}>
          {off ? t.webhooks.enable : t.webhooks.resume}
        </Button>
      )}
      <Button data-ask="replay" disabled={busy || off} onClick={props.onReplay}>
        {t.webhooks.replay}
      </Button>
      <Button data-ask="rotate" disabled={busy} onClick={props.onRotate}>
        {t.webhooks.rotate}
      </Button>
      <Button look="danger" data-ask="remove" disabled={busy} onClick={props.onRemove}>
        {t.webhooks.remove}
      </Button>
    </>
  );
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { t } = useI18n(texts);
  const list = (items: readonly string[]) =>
    items.length > 0 ? items.join(" · ") : t.webhooks.everything;
  const { col } = t.webhooks;
  return (
    <KeyValue
      entries={[
        { key: "state", label: col.state, value: <StateOf webhook={webhook} /> },
        { key: "url", label: t.webhooks.url, value: <Mono>{webhook.url}</Mono> },
        { key: "format", label: t.webhooks.format, value: t.webhooks.formats[webhook.format] },
        {
          key: "types",
          label: col.types,
          value: (
            <>
              {list(webhook.types)}
              {webhook.ordered && <span className={styles.second}>{t.webhooks.ordered}</span>}
            </>
          ),
        },
        { key: "teams", label: t.webhooks.teams, value: list(webhook.teams) },
        { key: "campaigns", label: t.webhooks.campaigns, value: list(webhook.campaigns) },
        {
          key: "secret",
          label: t.webhooks.secret,
          value: (
            <>
              {webhook.secretAt && <Age at={webhook.secretAt} />}
              {webhook.oldSecretUntil && (
                <span className={styles.second}>
                  {t.webhooks.oldUntil} <Age at={webhook.oldSecretUntil} />
                </span>
              )}
            </>
          ),
        },
        {
          key: "createdBy",
          label: t.webhooks.createdBy,
          value: (
            <>
              {webhook.createdBy.replace(/^user:/, "")} · <Age at={webhook.createdAt} />
            </>
          ),
        },
      ]}
    />
  );
}

const STATES = ["waiting", "sending", "delivered", "dead"] as const;

function Filter({ state, onState }: WebhookViewProps) {
  const { t } = useI18n(texts);
  return (
    <div className={styles.bar}>
      <SelectField
        label={t.webhooks.filter}
        name="state"
        value={state ?? ""}
        options={[
          { value: "", label: t.webhooks.any },
          ...STATES.map((each) => ({ value: each, label: t.webhooks.deliveryState[each] })),
        ]}
        onChange={(value) => onState(STATES.find((each) => each === value))}
      />
    </div>
  );
}

function Deliveries(props: WebhookViewProps) {
  const { deliveries, error, more, onReload, onMore } = props;
  const { t } = useI18n(texts);
  if (!deliveries) {
    return error !== undefined ? (
      <ErrorPanel failure={describe(error, t)} onRetry={onReload} />
    ) : (
      <Skeleton>
        <div className={styles.bar}>
          <Bone width="60%" />
        </div>
      </Skeleton>
    );
  }
  if (deliveries.length === 0) {
    return (
      <div className={styles.bar}>
        <PanelNote>{t.webhooks.noDeliveries}</PanelNote>
      </div>
    );
  }
  return (
    <div className={styles.log}>
      <PlainTable label={t.webhooks.deliveries}>
        <tbody>
          {deliveries.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} {...props} />
          ))}
        </tbody>
      </PlainTable>
      {more && (
        <div className={styles.bar}>
          <Button onClick={onMore}>{t.webhooks.more}</Button>
        </div>
      )}
    </div>
  );
}

function Row({
  delivery,
  webhook,
  busy,
  onRetry,
}: WebhookViewProps & { delivery: WebhookDelivery }) {
  const { t } = useI18n(texts);
  return (
    <tr>
      <td>
        <Mono>{delivery.type}</Mono> {delivery.subject}
        <span className={styles.second}>
          {delivery.messageID} · <Age at={delivery.createdAt} />
        </span>
      </td>
      <td>
        <Chip tone={deliveryTone[delivery.state]}>{t.webhooks.deliveryState[delivery.state]}</Chip>
        <span className={styles.second}>
          {t.webhooks.attempts(delivery.attempts)}
          {delivery.nextAt && delivery.attempts > 0 && (
            <>
              {" · "}
              {t.webhooks.next} <Age at={delivery.nextAt} />
            </>
          )}
        </span>
      </td>
      <td>
        <Outcome delivery={delivery} />
      </td>
      <td>
        {delivery.state !== "sending" && webhook.state !== "disabled" && (
          <Button
            small
            look="quiet"
            icon={RetryIcon}
            aria-label={`${t.webhooks.retry}: ${delivery.messageID}`}
            disabled={busy}
            onClick={() => onRetry(delivery)}
          />
        )}
      </td>
    </tr>
  );
}

function Outcome({ delivery }: { delivery: WebhookDelivery }): ReactNode {
  const { t } = useI18n(texts);
  return (
    <>
      {delivery.error ? <span lang="en">{delivery.error}</span> : delivery.status}
      {delivery.tookMs !== null && delivery.tookMs !== undefined && (
        <span className={styles.second}>{t.webhooks.took(delivery.tookMs)}</span>
      )}
      {delivery.answer && (
        <details>
          <summary>{t.webhooks.answer}</summary>
          <Mono>{delivery.answer}</Mono>
        </details>
      )}
    </>
  );
}
