// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { buttonClass } from "@/ui/Button";
import { SearchIcon } from "@/ui/icons";
import { EmptyState, ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { campaignItemsQuery, campaignQuery, sessionQuery } from "./api";
import { CampaignItems } from "./CampaignItems";
import { CampaignSkeleton, CampaignView } from "./CampaignView";
import { ItemSheet } from "./ItemSheet";
import { Matrix } from "./Matrix";
import { texts } from "./messages";
import type { CampaignSearch } from "./model";
import { Trouble } from "./Trouble";
import { type Changes, useChanges } from "./useChanges";

const route = getRouteApi("/shell/campaigns/$campaign");

export function CampaignScreen() {
  const { t } = useI18n(texts);
  const { campaign: name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const query = useQuery(campaignQuery(name));
  const changes = useChanges();
  const setSearch = (part: Partial<CampaignSearch>) =>
    navigate({ search: { ...search, ...part }, resetScroll: false });
  const retry = () => query.refetch();
  if (!query.data) {
    if (isStatus(query.error, 404)) {
      return (
        <EmptyState
          whole
          icon={SearchIcon}
          title={t.campaign.notFound(name)}
          hint={t.campaign.notFoundHint}
          actions={
            <TextLink to="/campaigns" className={buttonClass("primary")}>
              {t.campaigns.all}
            </TextLink>
          }
        />
      );
    }
    return query.error ? (
      <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <CampaignSkeleton name={name} />
    );
  }
  return (
    <>
      <CampaignView
        page={query.data}
        session={session}
        search={search}
        onSearch={setSearch}
        failedSince={query.isError ? query.dataUpdatedAt : undefined}
        onRetry={retry}
      >
        {search.view === "matrix" ? (
          <>
            <Trouble changes={changes} />
            <Matrix campaign={name} onOpen={(item) => setSearch({ item })} />
          </>
        ) : (
          <Items name={name} teams={query.data.teams.map((each) => each.team)} changes={changes} />
        )}
      </CampaignView>
      {search.item !== undefined && (
        <ItemSheet
          id={search.item}
          session={session}
          changes={changes}
          onClose={() => setSearch({ item: undefined })}
        />
      )}
    </>
  );
}

interface ItemsProps {
  name: string;
  teams: readonly (string | null)[];
  changes: Changes;
}

function Items({ name, teams, changes }: ItemsProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const list = useInfiniteQuery(campaignItemsQuery(name, search));
  return (
    <CampaignItems
      search={search}
      onSearch={(part) => navigate({ search: { ...search, ...part }, resetScroll: false })}
      teams={teams}
      session={session}
      changes={changes}
      todos={list.data?.pages.flatMap((page) => page.items)}
      error={list.error ?? undefined}
      updatedAt={list.dataUpdatedAt}
      onRetry={() => list.refetch()}
      onMore={list.hasNextPage ? () => list.fetchNextPage() : undefined}
      loadingMore={list.isFetchingNextPage}
    />
  );
}
