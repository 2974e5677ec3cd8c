// SPDX-License-Identifier: Apache-2.0
import { describe } from "@/api/describe";
import type { FailedPublish, HeldPublish } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { Checkbox, FilterSelect } from "@/ui/Field";
import { CheckIcon } from "@/ui/icons";
import { FlowPage, PageHead, Row } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import type { FailuresSearch } from "./api";
import type { Decisions } from "./decisions";
import { FailureTable } from "./FailureTable";
import { HeldPanel } from "./HeldPanel";
import { texts } from "./messages";
import styles from "./Publishes.module.css";

/** One list of the screen, as far as it has come. */
export interface Part<T> {
  items: readonly T[] | undefined;
  /** The first answer failed; with items, a refresh did. */
  error?: unknown;
  updatedAt?: number;
  onRetry?: () => void;
}

export interface PublishesViewProps {
  search: FailuresSearch;
  /** Names of those that there are. */
  repositories: readonly string[];
  onSearch: (search: FailuresSearch) => void;
  failures: Part<FailedPublish>;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
  held: Part<HeldPublish>;
  mayDecide: boolean;
  decisions: Decisions;
}

/** What went wrong on the way in, and what waits for a decision. */
export function PublishesView(props: PublishesViewProps) {
  const { held, mayDecide, decisions } = props;
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead title={t.publishes.title} />
      <p className={styles.lead}>{t.publishes.lead}</p>
      <Trouble part={held} title={t.publishes.held} />
      {held.items?.map((hold) => (
        <HeldPanel
          key={hold.publisher}
          hold={hold}
          mayDecide={mayDecide}
          busy={decisions.busy}
          onApprove={() => decisions.approve(hold.publisher)}
          onReject={() => decisions.reject(hold.publisher)}
        />
      ))}
      <Refused {...props} />
    </FlowPage>
  );
}

/** A list that could not be read, or that is older than it should be. */
function Trouble({ part, title }: { part: Part<unknown>; title: string }) {
  const { t } = useI18n();
  const { items, error, updatedAt = 0, onRetry = () => {} } = part;
  if (error === undefined) {
    return null;
  }
  if (items) {
    return <StaleNote since={updatedAt} onRetry={onRetry} />;
  }
  return (
    <Panel title={title}>
      <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
    </Panel>
  );
}

function Refused(props: PublishesViewProps) {
  const { search, onSearch, failures, onMore, loadingMore } = props;
  const { t } = useI18n(texts);
  const { items, error, updatedAt = 0, onRetry = () => {} } = failures;
  return (
    <Panel
      title={t.publishes.failures}
      flush
      aside={
        <>
          {items && <CountBadge count={items.length} more={onMore !== undefined} />}
          <OfRepository {...props} />
          <Checkbox
            checked={search.resolved ?? false}
            onChange={(event) =>
              onSearch({ ...search, resolved: event.target.checked || undefined })
            }
          >
            {t.publishes.includeResolved}
          </Checkbox>
        </>
      }
    >
      {error !== undefined && items && <StaleNote since={updatedAt} onRetry={onRetry} />}
      {search.service && (
        <div className={styles.bar}>
          <Row>
            {t.publishes.filtered(search.service)}
            <Button small onClick={() => onSearch({ ...search, service: undefined })}>
              {t.publishes.showAll}
            </Button>
          </Row>
        </div>
      )}
      {!items && error !== undefined && (
        <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
      )}
      {!items && error === undefined && <Bones />}
      {items?.length === 0 && (
        <EmptyState
          icon={CheckIcon}
          title={t.publishes.allGoodTitle}
          hint={t.publishes.allGoodHint}
        />
      )}
      {items && items.length > 0 && <FailureTable failures={items} />}
      {onMore && (
        <div className={styles.more}>
          <Button onClick={onMore} disabled={loadingMore}>
            {t.common.showMore}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** Also of one whose first publish was refused, which no list has yet. */
function OfRepository({ search, repositories, onSearch, failures }: PublishesViewProps) {
  const { t } = useI18n(texts);
  const seen = failures.items?.map((each) => each.repository) ?? [];
  const names = new Set(
    [...repositories, ...seen, search.repository].filter((name) => typeof name === "string"),
  );
  if (names.size === 0) {
    return null;
  }
  return (
    <FilterSelect
      label={t.publishes.repository}
      value={search.repository ?? ""}
      options={[
        { value: "", label: t.publishes.everything },
        ...[...names].sort().map((name) => ({ value: name, label: name })),
      ]}
      onChange={(value) =>
        // No publish is of a service and of a repository.
        onSearch({ ...search, service: undefined, repository: value || undefined })
      }
    />
  );
}

function Bones() {
  return (
    <Skeleton>
      <div className={styles.bones}>
        {[38, 52, 44, 60, 35, 48].map((width) => (
          <div key={width} className={styles.boneRow}>
            <Bone width={`${width}%`} />
            <Bone width={`${width / 2}%`} />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
