// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import type { Campaign, Session } from "@/api/generated";
import { useI18n } from "@/i18n";
import { useNow } from "@/lib/clock";
import { Button, buttonClass } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { FilterSelect } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { CampaignIcon, PlusIcon, SearchIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { SearchField } from "@/ui/SearchField";
import { Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Meta, Prose, TextLink } from "@/ui/Text";
import { CampaignChip, Due } from "./Chips";
import { More } from "./MineView";
import { texts } from "./messages";
import { CAMPAIGN_STATES, type CampaignsSearch, isLate, mayDraft } from "./model";
import { Progress } from "./Progress";
import styles from "./Todos.module.css";

export interface CampaignsViewProps {
  search: CampaignsSearch;
  /** `typed` = the text changed: the address is replaced, not pushed. */
  onSearch: (search: CampaignsSearch, typed: boolean) => void;
  session: Session | undefined;
  campaigns: readonly Campaign[] | undefined;
  error?: unknown;
  updatedAt?: number;
  onRetry: () => void;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
}

/** Everything that is asked of services, the newest first. */
export function CampaignsView(props: CampaignsViewProps) {
  const { search, onSearch, session, campaigns, error, updatedAt = 0, onRetry } = props;
  const { t } = useI18n(texts);
  const filtered = Boolean(search.q || search.state);
  return (
    <FlowPage>
      <PageHead title={t.campaigns.title} actions={<NewCampaign session={session} />} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
      <div className={styles.filters} role="group" aria-label={t.filter.group}>
        <SearchField
          label={t.campaigns.find}
          placeholder={t.campaigns.find}
          value={search.q ?? ""}
          onCommit={(q) => onSearch({ ...search, q: q || undefined }, true)}
        />
        <FilterSelect
          label={t.todos.state}
          value={search.state ?? ""}
          options={[
            { value: "", label: t.todos.everyState },
            ...CAMPAIGN_STATES.map((value) => ({ value, label: t.campaigns.states[value] })),
          ]}
          onChange={(value) =>
            onSearch({ ...search, state: CAMPAIGN_STATES.find((each) => each === value) }, false)
          }
        />
      </div>
      {error !== undefined && campaigns && <StaleNote since={updatedAt} onRetry={onRetry} />}
      {!campaigns && error !== undefined && (
        <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
      )}
      {!campaigns && error === undefined && (
        <Panel title={t.campaigns.title} flush>
          <Bones />
        </Panel>
      )}
      {campaigns?.length === 0 &&
        (filtered ? (
          <EmptyState
            icon={SearchIcon}
            title={t.campaigns.noMatch}
            hint={t.todos.noMatchHint}
            actions={<Button onClick={() => onSearch({}, false)}>{t.filter.reset}</Button>}
          />
        ) : (
          <EmptyState
            icon={CampaignIcon}
            title={t.campaigns.emptyTitle}
            hint={t.campaigns.emptyHint}
            actions={<NewCampaign session={session} />}
          />
        ))}
      {campaigns && campaigns.length > 0 && (
        <Panel
          title={t.campaigns.title}
          flush
          aside={<CountBadge count={campaigns.length} more={props.onMore !== undefined} />}
        >
          <CampaignTable campaigns={campaigns} />
          {props.onMore && <More onMore={props.onMore} busy={props.loadingMore ?? false} />}
        </Panel>
      )}
    </FlowPage>
  );
}

/** Who may not is told who may. */
function NewCampaign({ session }: { session: Session | undefined }) {
  const { t } = useI18n(texts);
  if (!session) {
    return null;
  }
  return mayDraft(session) ? (
    <Link to="/new-campaign" className={buttonClass("primary")}>
      <Icon of={PlusIcon} />
      {t.campaigns.create}
    </Link>
  ) : (
    <Meta>{t.campaigns.whoCreates}</Meta>
  );
}

function CampaignTable({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t } = useI18n(texts);
  const now = useNow();
  return (
    <PlainTable label={t.campaigns.title}>
      <thead>
        <tr>
          <th scope="col">{t.campaigns.one}</th>
          <th scope="col" className={styles.wide}>
            {t.todos.state}
          </th>
          <th scope="col" className={styles.progressCell}>
            {t.campaigns.progress}
          </th>
          <th scope="col" className={styles.wide}>
            {t.todos.due}
          </th>
          <th scope="col" className={styles.wide}>
            {t.campaigns.owner}
          </th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.name}>
            <td>
              <TextLink
                to="/campaigns/$campaign"
                params={{ campaign: campaign.name }}
                preload="intent"
              >
                <Prose text={campaign.title} />
              </TextLink>
              <div className={styles.soft}>
                {campaign.name}
                {campaign.level !== null && ` · ${t.campaigns.levelIs(campaign.level)}`}
              </div>
              <div className={styles.narrow}>
                <CampaignChip campaign={campaign} />
              </div>
            </td>
            <td className={styles.wide}>
              <CampaignChip campaign={campaign} />
            </td>
            <td className={styles.progressCell}>
              {campaign.launchedAt === null ? (
                <Soft>{t.campaigns.notLaunched}</Soft>
              ) : (
                <Progress counts={campaign.counts} />
              )}
            </td>
            <td className={styles.wide}>
              <Due day={campaign.due} overdue={isLate(campaign, now)} />
            </td>
            <td className={styles.wide}>{campaign.team ?? <Soft>–</Soft>}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Bones() {
  return (
    <Skeleton>
      <div className={styles.rows}>
        {[46, 38, 54, 42, 50, 36].map((width) => (
          <div key={width} className={styles.row}>
            <div className={styles.what}>
              <Bone width={`${width}%`} />
              <Bone width={`${width / 2}%`} />
            </div>
            <div className={styles.facts}>
              <Bone width={64} />
              <Bone width={110} />
              <Bone width={60} />
            </div>
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
