// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Service, ServicePage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { AsOfBanner, AsOfPicker } from "@/ui/AsOf";
import { Chip, CountBadge, LifecycleChip } from "@/ui/Chip";
import { DeleteIcon, InfoIcon, WarnIcon } from "@/ui/icons";
import { Columns, FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Banner, Bone, Skeleton, StaleNote } from "@/ui/State";
import { Tab, Tabs } from "@/ui/Tabs";
import { Inline, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Service.module.css";

interface ServiceFrameProps {
  page: ServicePage;
  at: string | undefined;
  /** The earlier id that was asked for. */
  was: string | undefined;
  onAt: (at: string | undefined) => void;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
  children: ReactNode;
}

/** Name, state and tabs of a service, around the open tab. */
export function ServiceFrame(props: ServiceFrameProps) {
  const { page, at, was, onAt, failedSince, onRetry, children } = props;
  const { t } = useI18n(texts);
  const { service } = page;
  return (
    <FlowPage>
      <PageHead
        title={service.id}
        aside={<Where service={service} at={at} />}
        actions={
          <>
            <LifecycleChip value={service.tombstone ? "tombstoned" : service.lifecycle} />
            {service.tier !== null && <Chip icon={InfoIcon}>{t.tier(service.tier)}</Chip>}
            <AsOfPicker at={at} onChange={onAt} />
          </>
        }
      />
      {at && <AsOfBanner at={at} onChange={onAt} />}
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      {was && was !== service.id && <Banner>{t.service.renamed(was, service.id)}</Banner>}
      <Warnings service={service} />
      <ServiceTabs id={service.id} at={at} versions={service.versions} />
      {children}
    </FlowPage>
  );
}

/** Who owns it and for which company, beside its name. */
function Where({ service, at }: { service: Service; at: string | undefined }) {
  const { t } = useI18n();
  return (
    <Inline>
      {service.team ? (
        <TextLink to="/teams/$team" params={{ team: service.team }} search={{ at }}>
          {service.team}
        </TextLink>
      ) : (
        <span>{t.services.unowned}</span>
      )}
      {service.corporation && <span>· {service.corporation}</span>}
    </Inline>
  );
}

function Warnings({ service }: { service: Service }) {
  const { t, f } = useI18n(texts);
  const { tombstone, failure } = service;
  return (
    <>
      {tombstone && (
        <Banner tone="bad" icon={DeleteIcon}>
          {t.service.tombstoned(f.dateTime(tombstone.at), tombstone.publisher)}
        </Banner>
      )}
      {failure && (
        <Banner
          tone="warn"
          icon={WarnIcon}
          actions={
            <Link to="/publishes/$id" params={{ id: String(failure.id) }}>
              {t.service.seeFaults}
            </Link>
          }
        >
          {t.service.failed(failure.faults)} {t.service.failedKeeps}
        </Banner>
      )}
    </>
  );
}

function ServiceTabs({
  id,
  at,
  versions,
}: {
  id: string;
  at: string | undefined;
  versions?: number;
}) {
  const { t } = useI18n(texts);
  const to = { params: { id }, search: { at } };
  const exact = { exact: true, includeSearch: false };
  return (
    <Tabs label={t.service.tabsLabel}>
      <Tab to="/services/$id" {...to} activeOptions={exact}>
        {t.service.tabs.overview}
      </Tab>
      <Tab to="/services/$id/grpc" {...to} activeOptions={exact} preload="intent">
        {t.service.tabs.grpc}
      </Tab>
      <Tab to="/services/$id/spec" {...to} activeOptions={exact} preload="intent">
        {t.service.tabs.spec}
        {versions !== undefined && <CountBadge count={versions} />}
      </Tab>
      <Tab to="/services/$id/todos" {...to} activeOptions={exact} preload="intent">
        {t.service.tabs.todos}
      </Tab>
      <Tab to="/services/$id/activity" {...to} activeOptions={exact} preload="intent">
        {t.service.tabs.activity}
      </Tab>
    </Tabs>
  );
}

/** The page in its final shape, before there is anything to put in it. */
export function ServiceSkeleton({ id }: { id: string }) {
  const { t } = useI18n(texts);
  const lines = (count: number) => (
    <div className={styles.bones}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Bone key={i} width={`${[70, 45, 58, 38][i % 4]}%`} />
      ))}
    </div>
  );
  return (
    <FlowPage>
      <PageHead title={id} aside={<Bone width={140} />} />
      <ServiceTabs id={id} at={undefined} />
      <Skeleton>
        <Columns
          side={
            <>
              <Panel title={t.service.contact}>{lines(3)}</Panel>
              <Panel title={t.origin.source}>{lines(6)}</Panel>
              <Panel title={t.service.recent}>{lines(8)}</Panel>
            </>
          }
        >
          <Panel title={t.service.about}>{lines(9)}</Panel>
          <Panel title={t.service.dependencies}>{lines(4)}</Panel>
          <Panel title={t.service.apis}>{lines(4)}</Panel>
        </Columns>
      </Skeleton>
    </FlowPage>
  );
}
