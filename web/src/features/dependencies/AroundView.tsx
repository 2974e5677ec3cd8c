// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { describe } from "@/api/describe";
import type { DependencyGraph, DependencyNode } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button, buttonClass } from "@/ui/Button";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Banner, EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { edgesAroundQuery } from "./api";
import { CenterBar } from "./Controls";
import styles from "./Dependencies.module.css";
import { EdgeTable } from "./EdgeTable";
import { Legend } from "./Legend";
import { type Messages, texts } from "./messages";
import { type DependenciesSearch, degrees, isService, kindOf, nameOf, servicesOf } from "./model";
import { type DrawnNode, Picture } from "./Picture";

export interface AroundViewProps {
  search: DependenciesSearch;
  graph: DependencyGraph;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
}

/** One service, what it needs and what needs it. */
export function AroundView({ search, graph, failedSince, onRetry }: AroundViewProps) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  const list = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => drawn(graph, search, t), [graph, search, t]);
  const edges = useMemo(
    () => graph.edges.map((edge) => ({ from: edge.from, to: edge.to, kind: kindOf(edge) })),
    [graph],
  );
  const { truncated } = graph;
  const seeList = () => {
    list.current?.scrollIntoView({ block: "start" });
    list.current?.focus({ preventScroll: true });
  };
  return (
    <FlowPage>
      <PageHead
        title={d.titleOf(graph.center)}
        aside={d.counts(
          graph.nodes.length + (truncated?.nodes ?? 0),
          graph.edges.length + (truncated?.edges ?? 0),
        )}
        actions={
          <>
            <TextLink to="/dependencies" className={buttonClass("quiet")}>
              {d.allTeams}
            </TextLink>
            <TextLink to="/services/$id" params={{ id: graph.center }} className={buttonClass()}>
              {d.openService}
            </TextLink>
          </>
        }
      />
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      <CenterBar search={search} />
      {truncated && (
        <Banner
          actions={
            <Button small onClick={seeList}>
              {d.seeList}
            </Button>
          }
        >
          {notDrawn(truncated, d)}
        </Banner>
      )}
      <Panel title={d.picture} flush>
        {graph.edges.length === 0 ? (
          <EmptyState title={d.alone} hint={d.aloneHint} />
        ) : (
          <>
            <Picture label={d.titleOf(graph.center)} nodes={nodes} edges={edges} />
            <Legend />
          </>
        )}
      </Panel>
      <div ref={list} tabIndex={-1} className={styles.list}>
        {truncated ? <LongList search={search} graph={graph} /> : <ShortList graph={graph} />}
      </div>
    </FlowPage>
  );
}

function notDrawn(
  truncated: NonNullable<DependencyGraph["truncated"]>,
  d: Messages["dependencies"],
): string {
  const parts = [];
  if (truncated.nodes > 0) {
    const hops = truncated.byHop
      .map((count, i) => (count > 0 ? d.notDrawnHop(i + 1, count) : ""))
      .filter(Boolean);
    parts.push(`${d.notDrawn(truncated.nodes)} (${hops.join(", ")})`);
  }
  if (truncated.edges > 0) {
    parts.push(d.edgesNotDrawn(truncated.edges));
  }
  return parts.join(" ");
}

function aboutNode(node: DependencyNode, t: Messages): string {
  const d = t.dependencies;
  if (node.kind === "grpc") {
    return d.unprovided;
  }
  if (node.kind === "unknown") {
    return node.tombstoned ? d.deleted : d.unknown;
  }
  const names: Record<string, string> = t.lifecycle;
  const state =
    node.lifecycle && node.lifecycle !== "production" ? names[node.lifecycle] : undefined;
  return [state, node.team ?? d.unowned, node.tier !== null && t.tier(node.tier)]
    .filter(Boolean)
    .join(" · ");
}

function markOf(node: DependencyNode): DrawnNode["mark"] {
  if (node.kind !== "service") {
    return node.tombstoned ? "gone" : "warn";
  }
  return node.lifecycle === "deprecated" || node.lifecycle === "retired" ? "warn" : undefined;
}

function drawn(graph: DependencyGraph, search: DependenciesSearch, t: Messages): DrawnNode[] {
  const d = t.dependencies;
  const degree = degrees(graph.edges);
  return graph.nodes.map((node) => {
    const about = aboutNode(node, t);
    const { needs, needed } = degree(node.id);
    const isCenter = node.id === graph.center;
    const words = [
      nameOf(node.id),
      isCenter && d.center,
      about,
      needs > 0 && d.needs(needs),
      needed > 0 && d.needed(needed),
    ];
    return {
      id: node.id,
      title: nameOf(node.id),
      about,
      label: words.filter(Boolean).join(", "),
      look: node.kind !== "service" ? "unknown" : isCenter ? "center" : "plain",
      mark: markOf(node),
      search: isService(node) ? { ...search, center: node.id } : undefined,
    };
  });
}

/** All of it came with the picture. */
function ShortList({ graph }: { graph: DependencyGraph }) {
  const { t } = useI18n(texts);
  const services = useMemo(() => servicesOf(graph), [graph]);
  return (
    <Panel title={t.dependencies.list} flush>
      <EdgeTable
        label={t.dependencies.list}
        edges={graph.edges}
        isService={(id) => services.has(id)}
      />
    </Panel>
  );
}

/** The picture has not room for all: the list has, page by page. */
function LongList({ search, graph }: { search: DependenciesSearch; graph: DependencyGraph }) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  const query = useInfiniteQuery(edgesAroundQuery(search));
  const unknown = useMemo(
    () => new Set(graph.nodes.filter((node) => !isService(node)).map((node) => node.id)),
    [graph],
  );
  const edges = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <Panel title={d.list} aside={d.listOf(edges.length, total)} flush>
      {query.error && !query.data ? (
        <ErrorPanel failure={describe(query.error, t)} onRetry={() => query.refetch()} />
      ) : (
        <EdgeTable
          label={d.list}
          edges={edges}
          isService={(id) => !unknown.has(id) && nameOf(id) === id}
        />
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
