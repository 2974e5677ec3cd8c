// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import type { ApiRepositoryItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { CodeBlock } from "@/ui/Code";
import { PlainTable } from "@/ui/DataTable";
import { ApiIcon } from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Age, Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { repositoriesQuery } from "./api";
import { publishLines } from "./grpcurl";
import { texts } from "./messages";

/** All repositories; where there is but one, straight to it. */
export function RepositoriesScreen() {
  const { t } = useI18n(texts);
  const query = useQuery(repositoriesQuery);
  const items = query.data?.items;
  const [only] = items ?? [];
  if (only && items?.length === 1) {
    return <Navigate to="/apis/$repository" params={{ repository: only.name }} replace />;
  }
  const retry = () => query.refetch();
  return (
    <FlowPage>
      <PageHead
        title={t.apis.title}
        aside={items && items.length > 0 && t.apis.repositories(items.length)}
      />
      {items && query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      {items?.length === 0 && <Nothing />}
      {items && items.length > 0 && <Repositories items={items} />}
      {!items && query.error && <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />}
      {query.isPending && <RepositoriesSkeleton />}
    </FlowPage>
  );
}

function Nothing() {
  const { t } = useI18n(texts);
  return (
    <EmptyState icon={ApiIcon} title={t.apis.emptyTitle} hint={t.apis.emptyHint}>
      <CodeBlock
        numbers={false}
        text={publishLines(location.origin, "my-protos")}
        label={t.apis.emptyCommand}
      />
    </EmptyState>
  );
}

function Repositories({ items }: { items: readonly ApiRepositoryItem[] }) {
  const { t, f } = useI18n(texts);
  const { col } = t.apis;
  return (
    <Panel title={t.apis.table} flush>
      <PlainTable label={t.apis.table}>
        <thead>
          <tr>
            <th scope="col">{col.repository}</th>
            <th scope="col" className={styles.end}>
              {col.packages}
            </th>
            <th scope="col" className={styles.end}>
              {col.services}
            </th>
            <th scope="col" className={styles.end}>
              {col.messages}
            </th>
            <th scope="col">{col.revision}</th>
            <th scope="col">{col.seen}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ name, counts, revision, lastSeenAt, source }) => (
            <tr key={name}>
              <td>
                <TextLink to="/apis/$repository" params={{ repository: name }} preload="intent">
                  <strong>{name}</strong>
                </TextLink>
                <div>
                  <Meta>
                    <Principal subject={source} />
                  </Meta>
                </div>
              </td>
              <td className={styles.end}>{f.number(counts.packages)}</td>
              <td className={styles.end}>{f.number(counts.services)}</td>
              <td className={styles.end}>{f.number(counts.messages)}</td>
              <td>
                {t.apis.revision(revision.number)}
                <div>
                  <Meta>
                    <Commit version={revision} />
                  </Meta>
                </div>
              </td>
              <td>
                <Age at={lastSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Panel>
  );
}

function RepositoriesSkeleton() {
  const { t } = useI18n(texts);
  return (
    <Skeleton>
      <Panel title={t.apis.table}>
        <div className={styles.bones}>
          {[60, 45, 52].map((width) => (
            <Bone key={width} width={`${width}%`} />
          ))}
        </div>
      </Panel>
    </Skeleton>
  );
}
