// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type { Job, Schedule } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { FilterSelect } from "@/ui/Field";
import { ClockIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { type JobsSearch, STATES } from "./api";
import styles from "./Jobs.module.css";
import { JobTable } from "./JobTable";
import { texts } from "./messages";
import { ScheduleTable } from "./ScheduleTable";
import type { Wishes } from "./wishes";

/** One list of the screen, as far as it has come. */
export interface Part<T> {
  items: readonly T[] | undefined;
  /** The first answer failed; with items, a refresh did. */
  error?: unknown;
  updatedAt?: number;
  onRetry?: () => void;
}

export interface JobsViewProps {
  search: JobsSearch;
  onSearch: (search: JobsSearch) => void;
  jobs: Part<Job>;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
  schedules: Part<Schedule>;
  mayAsk: boolean;
  wishes: Wishes;
}

/** What the worker does in the background, and what it will do. */
export function JobsView(props: JobsViewProps) {
  const { search, onSearch, jobs, onMore, loadingMore, schedules, mayAsk, wishes } = props;
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead title={t.jobs.title} />
      <p className={styles.lead}>{t.jobs.lead}</p>
      <Panel title={t.jobs.schedules} flush>
        <List part={schedules} empty={<EmptyState icon={ClockIcon} title={t.jobs.noSchedules} />}>
          {(items) => <ScheduleTable schedules={items} mayAsk={mayAsk} wishes={wishes} />}
        </List>
      </Panel>
      <Panel
        title={t.jobs.list}
        flush
        aside={
          <>
            {jobs.items && <CountBadge count={jobs.items.length} more={onMore !== undefined} />}
            <FilterSelect
              label={t.jobs.state}
              value={search.state ?? ""}
              options={[
                { value: "", label: t.jobs.anyState },
                ...STATES.map((state) => ({ value: state, label: t.jobs.states[state] })),
              ]}
              onChange={(value) => onSearch({ state: STATES.find((state) => state === value) })}
            />
          </>
        }
      >
        <List
          part={jobs}
          empty={<EmptyState icon={ClockIcon} title={t.jobs.noJobs} hint={t.jobs.noJobsHint} />}
        >
          {(items) => <JobTable jobs={items} mayAsk={mayAsk} wishes={wishes} />}
        </List>
        {onMore && (
          <div className={styles.more}>
            <Button onClick={onMore} disabled={loadingMore}>
              {t.common.showMore}
            </Button>
          </div>
        )}
      </Panel>
    </FlowPage>
  );
}

function List<T>({
  part,
  empty,
  children,
}: {
  part: Part<T>;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}) {
  const { t } = useI18n();
  const { items, error, updatedAt = 0, onRetry = () => {} } = part;
  if (!items) {
    return error === undefined ? (
      <Bones />
    ) : (
      <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
    );
  }
  return (
    <>
      {error !== undefined && <StaleNote since={updatedAt} onRetry={onRetry} />}
      {items.length === 0 ? empty : children(items)}
    </>
  );
}

function Bones() {
  return (
    <Skeleton>
      <div className={styles.bones}>
        {[38, 52, 44].map((width) => (
          <Bone key={width} width={`${width}%`} />
        ))}
      </div>
    </Skeleton>
  );
}
