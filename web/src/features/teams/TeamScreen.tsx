// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { rememberVisit } from "@/lib/recent";
import { Missing } from "@/ui/Missing";
import { ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { teamQuery } from "./api";
import { texts } from "./messages";
import { TeamSkeleton, TeamView } from "./TeamView";

const route = getRouteApi("/shell/teams/$team");

export function TeamScreen() {
  const { t } = useI18n(texts);
  const { team } = route.useParams();
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(teamQuery(team, at));
  const page = query.data;

  useEffect(() => {
    if (page) {
      const { name, services } = page.team;
      rememberVisit({ kind: "team", key: name, detail: t.services.count(services) });
    }
  }, [page, t]);

  const setAt = (moment: string | undefined) => navigate({ search: { at: moment } });
  const retry = () => query.refetch();
  if (page) {
    return (
      <TeamView
        page={page}
        at={at}
        onAt={setAt}
        failedSince={query.isError ? query.dataUpdatedAt : undefined}
        onRetry={retry}
      />
    );
  }
  if (isStatus(query.error, 404)) {
    return (
      <Missing
        title={t.teams.notFound(team)}
        hints={{ some: t.teams.notFoundHint, none: t.teams.notFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(name) => (
          <TextLink to="/teams/$team" params={{ team: name }} search={{ at }}>
            {name}
          </TextLink>
        )}
        at={at}
        onAt={setAt}
      />
    );
  }
  return query.error ? (
    <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
  ) : (
    <TeamSkeleton name={team} />
  );
}
