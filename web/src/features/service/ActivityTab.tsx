// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { describe } from "@/api/describe";
import type { Event } from "@/api/generated";
import { useI18n } from "@/i18n";
import { useNow } from "@/lib/clock";
import { Button, buttonClass } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { FeedIcon } from "@/ui/icons";
import { Panel, PanelNote } from "@/ui/Panel";
import { Bone, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Meta } from "@/ui/Text";
import { Timeline } from "@/ui/Timeline";
import { activityQuery } from "./api";
import { EventItem } from "./EventItem";
import { texts } from "./messages";
import { byDay } from "./model";
import styles from "./Service.module.css";
import { useServicePage } from "./useService";

export function ActivityTab() {
  const { page } = useServicePage();
  return page ? <Activity id={page.service.id} /> : null;
}

function Activity({ id }: { id: string }) {
  const { t } = useI18n(texts);
  const list = useInfiniteQuery(activityQuery(id));
  const events = list.data?.pages.flatMap((each) => each.items);
  return (
    <Panel
      title={t.activity.title}
      aside={
        <a
          className={buttonClass("quiet", true)}
          href={`/api/v1/services/${encodeURIComponent(id)}/activity.atom`}
        >
          <Icon of={FeedIcon} size={14} />
          {t.common.feed}
        </a>
      }
    >
      {list.isPending && <ActivitySkeleton />}
      {list.error && !events && (
        <ErrorPanel failure={describe(list.error, t)} onRetry={() => list.refetch()} />
      )}
      {list.isRefetchError && (
        <StaleNote since={list.dataUpdatedAt} onRetry={() => list.refetch()} />
      )}
      {events && <Days events={events} />}
      {events && (
        <div className={styles.more}>
          {list.hasNextPage ? (
            <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
              {t.common.showMore}
            </Button>
          ) : (
            events.length > 0 && <Meta>{t.activity.end}</Meta>
          )}
        </div>
      )}
    </Panel>
  );
}

export function Days({ events }: { events: readonly Event[] }) {
  const { t, f } = useI18n(texts);
  const now = useNow();
  if (events.length === 0) {
    return <PanelNote>{t.activity.empty}</PanelNote>;
  }
  return byDay(events, (event) => f.day(event.time, now)).map(({ day, items }) => (
    <section key={day} aria-label={day}>
      <h3 className={styles.day}>{day}</h3>
      <Timeline label={day}>
        {items.map((event) => (
          <EventItem key={event.id} event={event} />
        ))}
      </Timeline>
    </section>
  ));
}

function ActivitySkeleton() {
  return (
    <Skeleton>
      <div className={styles.bones}>
        {[50, 35, 60, 42, 55, 38].map((width) => (
          <Bone key={width} width={`${width}%`} />
        ))}
      </div>
    </Skeleton>
  );
}
