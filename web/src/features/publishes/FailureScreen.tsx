// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { buttonClass } from "@/ui/Button";
import { SearchIcon } from "@/ui/icons";
import { EmptyState, ErrorPanel } from "@/ui/State";
import { failureQuery, repositoriesQuery } from "./api";
import { FailureSkeleton, FailureView } from "./FailureView";
import { texts } from "./messages";

const route = getRouteApi("/shell/publishes/$id");

export function FailureScreen() {
  const { id } = route.useParams();
  const { line } = route.useSearch();
  const query = useQuery(failureQuery(Number(id)));
  const { data: apis } = useQuery({
    ...repositoriesQuery,
    enabled: Boolean(query.data?.failure.repository),
  });
  if (query.data) {
    return (
      <FailureView
        detail={query.data}
        line={line}
        repositories={apis?.items.map((each) => each.name)}
        failedSince={query.isError ? query.dataUpdatedAt : undefined}
        onRetry={() => query.refetch()}
      />
    );
  }
  if (query.error) {
    return <Missing error={query.error} onRetry={() => query.refetch()} />;
  }
  return <FailureSkeleton />;
}

/** Refused publishes are kept for a while only, so an old link may lead nowhere. */
function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n(texts);
  if (!isStatus(error, 404)) {
    return <ErrorPanel whole failure={describe(error, t)} onRetry={onRetry} />;
  }
  return (
    <EmptyState
      whole
      icon={SearchIcon}
      title={t.error.notFoundPage}
      hint={t.error.notFoundPageHint}
      actions={
        <Link to="/publishes" className={buttonClass("primary")}>
          {t.publishes.showAll}
        </Link>
      }
    />
  );
}
