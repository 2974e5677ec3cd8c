// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useRef } from "react";
import type { Campaign, CampaignPage, CampaignTeam, Session } from "@/api/generated";
import { useI18n } from "@/i18n";
import { CountBadge } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { Segments } from "@/ui/Field";
import { Markdown } from "@/ui/Markdown";
import { Principal } from "@/ui/Origin";
import { Columns, FlowPage, PageHead } from "@/ui/Page";
import { type Entry, KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Banner, Bone, Skeleton, StaleNote } from "@/ui/State";
import { Age, Inline, Mono, TextLink } from "@/ui/Text";
import { BurnUp } from "./BurnUp";
import { CampaignDeeds, HeldBanner } from "./CampaignDeeds";
import { CampaignChip, Due } from "./Chips";
import { type Messages, texts } from "./messages";
import { type CampaignSearch, finished, isLate, totalOf } from "./model";
import { Progress } from "./Progress";
import styles from "./Todos.module.css";

interface CampaignViewProps {
  page: CampaignPage;
  session: Session | undefined;
  search: CampaignSearch;
  onSearch: (part: Partial<CampaignSearch>) => void;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
  /** Items or matrix. */
  children: ReactNode;
}

/** A campaign: how far it is, who has how much of it, and every item. */
export function CampaignView(props: CampaignViewProps) {
  const { page, session, search, onSearch, failedSince, onRetry, children } = props;
  const { t } = useI18n(texts);
  const { campaign, teams } = page;
  const launched = campaign.launchedAt !== null;
  const items = useRef<HTMLDivElement>(null);
  const pick = (team: string) => {
    onSearch({ team, view: undefined });
    items.current?.focus({ preventScroll: true });
    items.current?.scrollIntoView({ block: "start" });
  };
  return (
    <FlowPage>
      <PageHead
        title={campaign.title}
        aside={
          <Inline>
            <CampaignChip campaign={campaign} />
            {campaign.team && (
              <TextLink to="/teams/$team" params={{ team: campaign.team }}>
                {campaign.team}
              </TextLink>
            )}
          </Inline>
        }
        actions={<CampaignDeeds page={page} session={session} />}
      />
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      <HeldBanner campaign={campaign} session={session} />
      <Quarantine campaign={campaign} />
      <Columns side={<Side page={page} />}>
        {launched && (
          <BurnUp
            page={page}
            table={search.table ?? false}
            onTable={(table) => onSearch({ table: table || undefined })}
          />
        )}
        <WhyHow page={page} />
        {launched && teams.length > 0 && (
          <Panel title={t.campaign.teams} flush aside={<CountBadge count={teams.length} />}>
            <Teams teams={teams} onPick={pick} />
          </Panel>
        )}
      </Columns>
      {launched && (
        <div ref={items} className={styles.part} tabIndex={-1}>
          <Panel
            title={search.view === "matrix" ? t.campaign.matrix : t.campaign.items}
            flush
            aside={
              <>
                <CountBadge count={totalOf(campaign.counts) + campaign.counts.cancelled} />
                <Segments
                  label={t.campaign.shownAs}
                  value={search.view ?? "items"}
                  options={[
                    { value: "items", label: t.campaign.items },
                    { value: "matrix", label: t.campaign.matrix },
                  ]}
                  onChange={(view) =>
                    onSearch({ view: view === "matrix" ? view : undefined, item: undefined })
                  }
                />
              </>
            }
          >
            {children}
          </Panel>
        </div>
      )}
    </FlowPage>
  );
}

/** A rule that fails or is slow is not run: nothing opens or closes until it is mended. */
function Quarantine({ campaign }: { campaign: Campaign }) {
  const { t, f } = useI18n(texts);
  const quarantine = campaign.rule?.quarantine;
  return quarantine ? (
    <Banner
      tone="bad"
      actions={
        !finished(campaign) && (
          <TextLink to="/campaigns/$campaign/edit" params={{ campaign: campaign.name }}>
            {t.campaign.mendRule}
          </TextLink>
        )
      }
    >
      {t.campaign.quarantine(f.dateTime(quarantine.since))} {t.todos.reason}:{" "}
      <span lang="en">{quarantine.reason}</span>
    </Banner>
  ) : null;
}

function WhyHow({ page: { why, how } }: { page: CampaignPage }) {
  const { t } = useI18n(texts);
  if (!why && !how) {
    return null;
  }
  return (
    <Panel title={t.campaign.whyHow}>
      <div className={styles.whyHow}>
        {why && (
          <section aria-label={t.todos.why}>
            <h3>{t.todos.why}</h3>
            <Markdown text={why} />
          </section>
        )}
        {how && (
          <section aria-label={t.todos.how}>
            <h3>{t.todos.how}</h3>
            <Markdown text={how} />
          </section>
        )}
      </div>
    </Panel>
  );
}

function targetText({ target }: Campaign, t: Messages): string {
  const lifecycles: Record<string, string> = t.lifecycle;
  const parts = [
    target.q && `“${target.q}”`,
    target.team && `${t.filter.team}: ${target.team === "-" ? t.filter.noTeam : target.team}`,
    target.corp && `${t.filter.corp}: ${target.corp}`,
    ...(target.tag ?? []).map((tag) => `#${tag}`),
    target.lifecycle && (lifecycles[target.lifecycle] ?? target.lifecycle),
    target.tier && t.tier(target.tier),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : t.campaign.everyService;
}

function Side({ page }: { page: CampaignPage }) {
  const { t, f } = useI18n(texts);
  const { campaign } = page;
  const { rule } = campaign;
  const entries: (Entry | false)[] = [
    { key: "name", label: t.campaign.name, value: <Mono>{campaign.name}</Mono> },
    {
      key: "due",
      label: t.todos.due,
      value: <Due day={campaign.due} overdue={isLate(campaign, Date.now())} />,
    },
    { key: "target", label: t.campaign.target, value: targetText(campaign, t) },
    {
      key: "kind",
      label: t.campaign.kind,
      value: campaign.permanent ? t.campaign.isPermanent : t.campaign.isOnce,
    },
    {
      key: "level",
      label: t.campaigns.level,
      value: [campaign.level, campaign.phase].filter(Boolean).join(" · ") || null,
    },
    { key: "review", label: t.campaigns.reviewTeam, value: campaign.reviewTeam },
    {
      key: "limit",
      label: t.campaign.teamLimit,
      value: campaign.limit === null ? t.campaign.noLimit : t.todos.items(campaign.limit),
    },
    {
      key: "created",
      label: t.campaign.createdBy,
      value: (
        <>
          {campaign.createdBy && <Principal subject={campaign.createdBy} />}{" "}
          <Age at={campaign.createdAt} />
        </>
      ),
    },
    campaign.startsAt !== null &&
      campaign.launchedAt === null && {
        key: "starts",
        label: t.campaign.startsAt,
        value: f.dateTime(campaign.startsAt),
      },
    campaign.launchedAt !== null && {
      key: "launched",
      label: t.campaign.launchedAt,
      value: <Age at={campaign.launchedAt} />,
    },
    campaign.endedAt !== null && {
      key: "ended",
      label: t.campaign.endedAt,
      value: <Age at={campaign.endedAt} />,
    },
  ];
  return (
    <>
      <Panel title={t.campaign.about}>
        <KeyValue entries={entries.filter((entry) => entry !== false)} />
      </Panel>
      <Panel title={t.campaign.rule} aside={rule && t.todos.ruleVersion(rule.version)}>
        {rule ? (
          <div className={styles.ruleBox}>
            <code>{rule.predicate}</code>
            <p className={styles.soft}>{t.campaign.reads}</p>
            <ul className={styles.keyList}>
              {rule.keys.map((key) => (
                <li key={key}>
                  <Mono>{key}</Mono>
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <PanelNote>{t.campaign.noRule}</PanelNote>
        )}
      </Panel>
    </>
  );
}

/** Who has how much of it, and how much else. */
function Teams({
  teams,
  onPick,
}: {
  teams: readonly CampaignTeam[];
  onPick: (team: string) => void;
}) {
  const { t, f } = useI18n(texts);
  return (
    <PlainTable label={t.campaign.teams}>
      <thead>
        <tr>
          <th scope="col">{t.services.col.team}</th>
          <th scope="col" className={styles.progressCell}>
            {t.campaigns.progress}
          </th>
          <th scope="col" className={styles.number}>
            {t.todos.states.open}
          </th>
          <th scope="col" className={styles.number} title={t.campaign.loadHint}>
            {t.campaign.load}
          </th>
        </tr>
      </thead>
      <tbody>
        {teams.map(({ team, counts, load }) => (
          <tr key={team ?? ""}>
            <td>
              <button type="button" className={styles.pickTeam} onClick={() => onPick(team ?? "-")}>
                {team ?? t.services.unowned}
              </button>
            </td>
            <td className={styles.progressCell}>
              <Progress counts={counts} />
            </td>
            <td className={styles.number}>{f.number(counts.open)}</td>
            <td className={styles.number}>
              <Soft>{f.number(load)}</Soft>
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** The page in its final shape, before there is anything to put in it. */
export function CampaignSkeleton({ name }: { name: string }) {
  const { t } = useI18n(texts);
  const lines = (count: number) => (
    <div className={styles.bones}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Bone key={i} width={`${[66, 48, 72, 40][i % 4]}%`} />
      ))}
    </div>
  );
  return (
    <FlowPage>
      <PageHead title={name} aside={<Bone width={120} />} />
      <Skeleton>
        <Columns
          side={
            <>
              <Panel title={t.campaign.about}>{lines(8)}</Panel>
              <Panel title={t.campaign.rule}>{lines(3)}</Panel>
            </>
          }
        >
          <Panel title={t.campaign.burnUp}>{lines(9)}</Panel>
          <Panel title={t.campaign.teams}>{lines(8)}</Panel>
        </Columns>
      </Skeleton>
    </FlowPage>
  );
}
