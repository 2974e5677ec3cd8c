// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { describe } from "@/api/describe";
import type { ApiRevision } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { PlainTable } from "@/ui/DataTable";
import { CheckIcon, CompareIcon, MinusIcon } from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { Row } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Age, Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { revisionsQuery } from "./api";
import { texts } from "./messages";
import { usePlace } from "./place";
import { Bones } from "./RepositoryScreen";
import own from "./Revisions.module.css";

/** Every set that was published; two of them can be compared. */
export function RevisionsScreen() {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const list = useInfiniteQuery(revisionsQuery(repository));
  const items = list.data?.pages.flatMap((each) => each.items);
  const retry = () => list.refetch();
  return (
    <Panel title={t.revs.table} flush>
      {list.isPending && (
        <Skeleton>
          <div className={styles.pad}>
            <Bones count={8} />
          </div>
        </Skeleton>
      )}
      {list.error && !items && <ErrorPanel failure={describe(list.error, t)} onRetry={retry} />}
      {list.isRefetchError && <StaleNote since={list.dataUpdatedAt} onRetry={retry} />}
      {items && <Revisions items={items} />}
      {items && (
        <div className={styles.more}>
          {list.hasNextPage ? (
            <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
              {t.common.showMore}
            </Button>
          ) : (
            <Meta>{t.revs.end}</Meta>
          )}
        </div>
      )}
    </Panel>
  );
}

function Revisions({ items }: { items: readonly ApiRevision[] }) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<number[]>([]);
  // The third choice takes the place of the first.
  const pick = (number: number, on: boolean) =>
    setPicked((before) => {
      const others = before.filter((each) => each !== number);
      return on ? [...others, number].slice(-2) : others;
    });
  const compare = () =>
    navigate({
      to: "/apis/$repository/diff",
      params: { repository },
      search: { from: Math.min(...picked), to: Math.max(...picked) },
    });
  return (
    <>
      <div className={styles.bar}>
        <Row>
          <Button icon={CompareIcon} onClick={compare} disabled={picked.length !== 2}>
            {t.revs.compare}
          </Button>
          {picked.length !== 2 && <Meta>{t.revs.pickHint}</Meta>}
        </Row>
      </div>
      <div className={own.table}>
        <PlainTable label={t.revs.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t.revs.compare}</span>
              </th>
              <th scope="col">{t.apis.col.revision}</th>
              <th scope="col">{t.apis.col.published}</th>
              <th scope="col">{t.origin.commit}</th>
              <th scope="col" className={own.wide}>
                {t.origin.principal}
              </th>
              <th scope="col" className={styles.end}>
                {t.revs.files}
              </th>
              <th scope="col">{t.revs.breaking}</th>
              <th scope="col" className={own.wide}>
                {t.revs.declares}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <RevisionRow
                key={item.number}
                item={item}
                picked={picked.includes(item.number)}
                onPick={(on) => pick(item.number, on)}
              />
            ))}
          </tbody>
        </PlainTable>
      </div>
    </>
  );
}

export function RevisionRow({
  item,
  picked,
  onPick,
}: {
  item: ApiRevision;
  picked: boolean;
  onPick: (on: boolean) => void;
}) {
  const { t, f } = useI18n(texts);
  const { repository } = usePlace();
  const { number, changed, files, counts } = item;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          className={styles.pick}
          aria-label={t.revs.pick(number)}
          checked={picked}
          onChange={(event) => onPick(event.target.checked)}
        />
      </td>
      <td>
        <div className={styles.badges}>
          <TextLink
            to="/apis/$repository"
            params={{ repository }}
            search={{ revision: item.current ? undefined : number }}
          >
            {t.apis.revision(number)}
          </TextLink>
          {item.current && (
            <Chip tone="ok" icon={CheckIcon}>
              {t.revs.current}
            </Chip>
          )}
          {!item.applied && (
            <Chip icon={MinusIcon} title={t.revs.notAppliedHint}>
              {t.revs.notApplied}
            </Chip>
          )}
        </div>
      </td>
      <td>
        <Age at={item.receivedAt} />
      </td>
      <td>
        <Commit version={item} />
      </td>
      <td className={cx(own.by, own.wide)}>
        <Principal subject={item.principal} />
      </td>
      <td className={styles.end}>
        <Label>{t.revs.files}</Label>
        <Since number={number} title={t.apis.seeDiff}>
          {t.revs.filesOf(changed, files)}
        </Since>
        <div className={own.size}>
          <Meta>{f.number(Math.ceil(item.bytes / 1024))} KiB</Meta>
        </div>
      </td>
      <td title={t.apis.whenPublished}>
        <Label>{t.revs.breaking}</Label>
        {item.breaking > 0 ? (
          <Since number={number}>
            <Chip tone="bad">{t.apis.breakingCount(item.breaking)}</Chip>
          </Since>
        ) : (
          <Meta>{t.revs.none}</Meta>
        )}
      </td>
      <td className={cx(own.declares, own.wide)}>
        <Meta>{counts ? t.revs.declared(counts.services, counts.methods) : t.revs.unknown}</Meta>
      </td>
    </tr>
  );
}

/** Where the rows are blocks there is no head that says it. */
function Label({ children }: { children: string }) {
  return (
    <span className={own.label}>
      <Meta>{children}</Meta>
    </span>
  );
}

/** Leads to what a revision changed, if there is one before it. */
function Since({
  number,
  title,
  children,
}: {
  number: number;
  title?: string;
  children: ReactNode;
}) {
  const { repository } = usePlace();
  return number > 1 ? (
    <TextLink
      to="/apis/$repository/diff"
      params={{ repository }}
      search={{ from: number - 1, to: number }}
      title={title}
    >
      {children}
    </TextLink>
  ) : (
    children
  );
}
