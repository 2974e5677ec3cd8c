// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useI18n } from "@/i18n";
import { rememberVisit } from "@/lib/recent";
import { teamQuery } from "./api";
import { TeamMissing } from "./TeamMissing";
import { TeamSkeleton, TeamView } from "./TeamView";

const route = getRouteApi("/shell/teams/$team");

export function TeamScreen() {
  const { t } = useI18n();
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
  return query.error ? (
    <TeamMissing name={team} at={at} error={query.error} onRetry={retry} onAt={setAt} />
  ) : (
    <TeamSkeleton name={team} />
  );
}
