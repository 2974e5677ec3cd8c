// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { describe } from "@/api/describe";
import type { DependencyTeam, DependencyTeams } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button, buttonClass } from "@/ui/Button";
import { PlainTable } from "@/ui/DataTable";
import { GraphIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Banner, EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { pairsQuery } from "./api";
import { Finder } from "./Controls";
import styles from "./Dependencies.module.css";
import { EdgeTable } from "./EdgeTable";
import { type Messages, texts } from "./messages";
import { type DependenciesSearch, degrees, drawnTeams, nameOf } from "./model";
import { type DrawnEdge, type DrawnNode, Picture } from "./Picture";
import { Report } from "./Report";

export interface TeamsViewProps {
  search: DependenciesSearch;
  teams: DependencyTeams;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
}

/** Rows of the list that are drawn before one asks for more. */
const ROWS = 100;

/** Which team needs which, and what is wrong with the whole. */
export function TeamsView({ search, teams, failedSince, onRetry }: TeamsViewProps) {
  const { t, f } = useI18n(texts);
  const d = t.dependencies;
  const shown = useMemo(() => drawnTeams(teams, search.team), [teams, search.team]);
  const nodes = useMemo(() => boxes(shown, search, t), [shown, search, t]);
  const edges = useMemo(
    (): DrawnEdge[] =>
      shown.drawn.map(({ from, to, pairs }) => ({
        from,
        to,
        kind: "declared",
        count: f.number(pairs),
      })),
    [shown, f],
  );
  if (teams.nodes.length === 0) {
    return (
      <FlowPage>
        <PageHead title={d.title} />
        <EmptyState icon={GraphIcon} title={d.emptyTitle} hint={d.emptyHint} />
      </FlowPage>
    );
  }
  return (
    <FlowPage>
      <PageHead
        title={d.title}
        aside={search.team ? teamName(search.team, t) : d.byTeam}
        actions={
          search.team && (
            <TextLink to="/dependencies" className={buttonClass()}>
              {d.allTeams}
            </TextLink>
          )
        }
      />
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      <Finder />
      {shown.nodesLeft > 0 && <Banner>{d.notDrawn(shown.nodesLeft)}</Banner>}
      <Panel title={d.picture} flush>
        <Picture label={`${d.title}: ${d.byTeam}`} nodes={nodes} edges={edges} />
      </Panel>
      {search.from && search.to && <Pairs from={search.from} to={search.to} search={search} />}
      <TeamEdges
        edges={shown.edges}
        leftOut={teams.edgesLeftOut}
        search={search}
        key={search.team ?? ""}
      />
      <Report />
    </FlowPage>
  );
}

const NO_TEAM = "-";
const UNKNOWN = "--";

function teamName(id: string, t: Messages): string {
  if (id === UNKNOWN) {
    return t.dependencies.unknownTeam;
  }
  return id === NO_TEAM ? t.dependencies.unowned : id;
}

function boxes(
  shown: ReturnType<typeof drawnTeams>,
  search: DependenciesSearch,
  t: Messages,
): DrawnNode[] {
  const d = t.dependencies;
  const degree = degrees(shown.drawn);
  const look = ({ id, kind }: DependencyTeam): DrawnNode["look"] =>
    kind === "team" ? (id === search.team ? "center" : "plain") : "unknown";
  return shown.nodes.map((node) => {
    const name = teamName(node.id, t);
    const { needs, needed } = degree(node.id);
    const services = node.kind === "unknown" ? "" : d.services(node.services);
    const words = [name, services, needs > 0 && d.needs(needs), needed > 0 && d.needed(needed)];
    return {
      id: node.id,
      title: name,
      about: services || d.needed(needed),
      label: words.filter(Boolean).join(", "),
      look: look(node),
      mark: node.kind === "team" ? undefined : "warn",
      search: { team: node.id },
    };
  });
}

function TeamEdges({
  edges,
  leftOut,
  search,
}: {
  edges: DependencyTeams["edges"];
  leftOut: number;
  search: DependenciesSearch;
}) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  const [rows, setRows] = useState(ROWS);
  const total = edges.length + (search.team ? 0 : leftOut);
  return (
    <Panel title={d.list} aside={d.listOf(Math.min(rows, edges.length), total)} flush>
      {edges.length === 0 ? (
        <p className={styles.note}>{d.noEdges}</p>
      ) : (
        <PlainTable label={d.list}>
          <thead>
            <tr>
              <th scope="col">{d.col.from}</th>
              <th scope="col">{d.col.to}</th>
              <th scope="col" className={styles.number}>
                {d.col.pairs}
              </th>
            </tr>
          </thead>
          <tbody>
            {edges.slice(0, rows).map(({ from, to, pairs }) => (
              <tr key={`${from} ${to}`}>
                <td>{teamName(from, t)}</td>
                <td>{teamName(to, t)}</td>
                <td className={styles.number}>
                  <TextLink
                    to="/dependencies"
                    search={{ team: search.team, from, to }}
                    aria-label={`${d.pairsOf(teamName(from, t), teamName(to, t))}: ${d.pairs(pairs)}`}
                  >
                    {d.pairs(pairs)}
                  </TextLink>
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {rows < edges.length && (
        <div className={styles.more}>
          <Button onClick={() => setRows(rows + ROWS)}>{d.more}</Button>
        </div>
      )}
    </Panel>
  );
}

/** The services behind one edge between teams. */
function Pairs({ from, to, search }: { from: string; to: string; search: DependenciesSearch }) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  const query = useInfiniteQuery(pairsQuery(from, to));
  const edges = query.data?.pages.flatMap((page) => page.items) ?? [];
  const title = d.pairsOf(teamName(from, t), teamName(to, t));
  return (
    <Panel
      title={title}
      aside={
        <TextLink to="/dependencies" search={{ team: search.team }}>
          {d.close}
        </TextLink>
      }
      flush
    >
      {query.error && !query.data ? (
        <ErrorPanel failure={describe(query.error, t)} onRetry={() => query.refetch()} />
      ) : (
        query.data && (
          <EdgeTable
            label={title}
            edges={edges}
            isService={(id) =>
              nameOf(id) === id && (to !== UNKNOWN || edges.some((e) => e.from === id))
            }
          />
        )
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            {d.more}
          </Button>
        </div>
      )}
    </Panel>
  );
}
