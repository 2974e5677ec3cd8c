// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { Missing } from "@/ui/Missing";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { AroundView } from "./AroundView";
import { aroundQuery, rollUpQuery } from "./api";
import { CenterBar, Finder } from "./Controls";
import { texts } from "./messages";
import type { DependenciesSearch } from "./model";
import { PictureBones } from "./Picture";
import { TeamsView } from "./TeamsView";

const route = getRouteApi("/shell/dependencies");

/** Around one service, or of all teams: as the address says. */
export function DependenciesScreen() {
  const search = route.useSearch();
  return search.center ? (
    <AroundScreen search={search} center={search.center} />
  ) : (
    <TeamsScreen search={search} />
  );
}

function AroundScreen({ search, center }: { search: DependenciesSearch; center: string }) {
  const { t } = useI18n(texts);
  const query = useQuery(aroundQuery(search));
  const d = t.dependencies;
  const retry = () => query.refetch();
  if (query.data) {
    return (
      <AroundView
        search={search}
        graph={query.data}
        failedSince={query.isError ? query.dataUpdatedAt : undefined}
        onRetry={retry}
      />
    );
  }
  if (isStatus(query.error, 404)) {
    return (
      <Missing
        title={d.notFound(center)}
        hints={{ some: d.notFoundHint, none: d.notFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(id) => (
          <TextLink to="/dependencies" search={{ ...search, center: id }}>
            {id}
          </TextLink>
        )}
        at={undefined}
        onAt={() => {}}
      />
    );
  }
  return query.error ? (
    <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
  ) : (
    <FlowPage>
      <PageHead title={d.titleOf(center)} />
      <CenterBar search={search} />
      <Panel title={d.picture} flush>
        <PictureBones />
      </Panel>
    </FlowPage>
  );
}

function TeamsScreen({ search }: { search: DependenciesSearch }) {
  const { t } = useI18n(texts);
  const query = useQuery(rollUpQuery);
  const retry = () => query.refetch();
  if (query.data) {
    return (
      <TeamsView
        search={search}
        teams={query.data}
        failedSince={query.isError ? query.dataUpdatedAt : undefined}
        onRetry={retry}
      />
    );
  }
  return query.error ? (
    <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
  ) : (
    <FlowPage>
      <PageHead title={t.dependencies.title} aside={t.dependencies.byTeam} />
      <Finder />
      <Panel title={t.dependencies.picture} flush>
        <PictureBones />
      </Panel>
    </FlowPage>
  );
}
