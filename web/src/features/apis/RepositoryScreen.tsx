// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useMatches } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { describe } from "@/api/describe";
import type { ApiRepositoryPage } from "@/api/generated";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { CountBadge } from "@/ui/Chip";
import { Missing } from "@/ui/Missing";
import { Commit } from "@/ui/Origin";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Banner, Bone, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Tab, Tabs } from "@/ui/Tabs";
import { Age, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { repositoryQuery } from "./api";
import { texts } from "./messages";
import { type Place, PlaceContext } from "./place";

const route = getRouteApi("/shell/apis/$repository");

/** Name, revision and tabs of a repository, around what is shown of it. */
export function RepositoryScreen() {
  const { t } = useI18n(texts);
  const { repository } = route.useParams();
  const { revision } = route.useSearch();
  const query = useQuery(repositoryQuery(repository, revision));
  const page = query.data;
  const packages = page?.packages;
  const place = useMemo<Place>(
    () => ({ repository, revision, packages: new Set(packages?.map((each) => each.name)) }),
    [repository, revision, packages],
  );
  const retry = () => query.refetch();
  if (!page && isStatus(query.error, 404)) {
    return (
      <Missing
        title={t.apis.notFound(repository)}
        hints={{ some: t.apis.notFoundHint, none: t.apis.notFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(name) => (
          <TextLink to="/apis/$repository" params={{ repository: name }}>
            {name}
          </TextLink>
        )}
        at={undefined}
        onAt={() => {}}
      />
    );
  }
  if (!page) {
    return query.error ? (
      <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <RepositorySkeleton name={repository} />
    );
  }
  return (
    <PlaceContext value={place}>
      <Frame page={page}>
        {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
        <Outlet />
      </Frame>
    </PlaceContext>
  );
}

function Frame({ page, children }: { page: ApiRepositoryPage; children: ReactNode }) {
  const { t } = useI18n(texts);
  const { repository, revision } = page;
  const current = repository.revision.number;
  const params = { repository: repository.name };
  return (
    <FlowPage>
      <PageHead
        title={repository.name}
        aside={
          <>
            {t.apis.revision(revision.number)}
            {(revision.commit ?? revision.branch ?? revision.runUrl) && (
              <>
                {" · "}
                <Commit version={revision} />
              </>
            )}
            {" · "}
            <Age at={revision.receivedAt} />
          </>
        }
      />
      {revision.number !== current && (
        <Banner
          actions={
            <TextLink to="." search={(before) => ({ ...before, revision: undefined })}>
              {t.apis.toCurrent}
            </TextLink>
          }
        >
          {t.apis.old(revision.number, current)}
        </Banner>
      )}
      <RepositoryTabs params={params} count={repository.revisions} />
      {children}
    </FlowPage>
  );
}

function RepositoryTabs({ params, count }: { params: { repository: string }; count?: number }) {
  const { t } = useI18n(texts);
  const { revision } = route.useSearch();
  // Symbols and files are parts of the first tab; the others are not, whatever their address.
  const browsing = useMatches({
    select: (matches) => matches.some((match) => match.routeId.includes("/browse")),
  });
  const exact = { exact: true, includeSearch: false };
  return (
    <Tabs label={t.apis.tabsLabel}>
      <Tab
        to="/apis/$repository"
        params={params}
        search={{ revision }}
        activeOptions={{ ...exact, exact: !browsing }}
      >
        {t.apis.tabs.browse}
      </Tab>
      <Tab to="/apis/$repository/revisions" params={params} activeOptions={exact}>
        {t.apis.tabs.revisions}
        {count !== undefined && <CountBadge count={count} />}
      </Tab>
      <Tab to="/apis/$repository/diff" params={params} activeOptions={exact}>
        {t.apis.tabs.diff}
      </Tab>
      <Tab to="/apis/$repository/policy" params={params} activeOptions={exact}>
        {t.apis.tabs.policy}
      </Tab>
    </Tabs>
  );
}

function RepositorySkeleton({ name }: { name: string }) {
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead title={name} aside={<Bone width={180} />} />
      <RepositoryTabs params={{ repository: name }} />
      <Skeleton>
        <div className={styles.browse}>
          <Panel title={t.apis.packagesPanel}>
            <Bones count={12} />
          </Panel>
          <Panel title={t.apis.counts}>
            <Bones count={8} />
          </Panel>
        </div>
      </Skeleton>
    </FlowPage>
  );
}

export function Bones({ count }: { count: number }) {
  return (
    <div className={styles.bones}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Bone key={i} width={`${[70, 45, 58, 38][i % 4]}%`} />
      ))}
    </div>
  );
}
