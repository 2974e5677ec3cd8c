// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type { Version, VersionDetail } from "@/api/generated";
import { useI18n } from "@/i18n";
import { CodeBlock } from "@/ui/Code";
import { PlainTable } from "@/ui/DataTable";
import { Segments } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { versionQuery, versionsQuery } from "./api";
import { Changes, Comparison } from "./Comparison";
import { texts } from "./messages";
import { specFields, valueText } from "./model";
import styles from "./Service.module.css";
import { useServicePage } from "./useService";
import { VersionFacts } from "./VersionFacts";
import { VersionList } from "./VersionList";

const route = getRouteApi("/shell/services/$id/spec");
type View = "fields" | "source" | "diff";

/** Every version of the spec, and one of them: its fields, its source, what it changed. */
export function SpecTab() {
  const { t } = useI18n(texts);
  const { page, at } = useServicePage();
  const { v, view = "fields", from } = route.useSearch();
  const navigate = route.useNavigate();
  const id = page?.service.id ?? "";
  const number = v ?? page?.service.version.number ?? 0;
  const list = useInfiniteQuery({ ...versionsQuery(id), enabled: id !== "" });
  const shown = useQuery({ ...versionQuery(id, number), enabled: number > 0 });
  const versions = list.data?.pages.flatMap((each) => each.items) ?? [];

  if (!page) {
    return null;
  }
  return (
    <div className={styles.spec}>
      <Panel title={t.spec.versions} flush>
        <VersionList
          id={id}
          at={at}
          view={view}
          shown={number}
          versions={versions}
          loading={list.isPending}
          error={list.error && versions.length === 0 ? describe(list.error, t) : undefined}
          onRetry={() => list.refetch()}
          onMore={list.hasNextPage ? () => list.fetchNextPage() : undefined}
        />
      </Panel>
      <Panel
        title={t.spec.showing(number)}
        flush
        aside={
          <Segments<View>
            label={t.spec.viewLabel}
            value={view}
            options={[
              { value: "fields", label: t.spec.views.fields },
              { value: "source", label: t.spec.views.source },
              { value: "diff", label: t.spec.views.diff },
            ]}
            onChange={(next) =>
              navigate({
                search: (before) => ({ ...before, view: next === "fields" ? undefined : next }),
                replace: true,
              })
            }
          />
        }
      >
        <Shown query={shown}>
          {(detail) => (
            <One
              id={id}
              detail={detail}
              view={view}
              versions={versions}
              from={from}
              onFrom={(next) => navigate({ search: (before) => ({ ...before, from: next }) })}
            />
          )}
        </Shown>
      </Panel>
    </div>
  );
}

interface Asked {
  data: VersionDetail | undefined;
  error: unknown;
  refetch: () => unknown;
}

function Shown({
  query,
  children,
}: {
  query: Asked;
  children: (detail: VersionDetail) => ReactNode;
}) {
  const { t } = useI18n();
  if (query.data) {
    return children(query.data);
  }
  if (query.error) {
    return <ErrorPanel failure={describe(query.error, t)} onRetry={() => void query.refetch()} />;
  }
  return (
    <Skeleton>
      <div className={styles.pad}>
        <div className={styles.bones}>
          {[40, 64, 52, 70, 35, 58, 46].map((width) => (
            <Bone key={width} width={`${width}%`} />
          ))}
        </div>
      </div>
    </Skeleton>
  );
}

interface OneProps {
  id: string;
  detail: VersionDetail;
  view: View;
  versions: readonly Version[];
  from: number | undefined;
  onFrom: (from: number | undefined) => void;
}

/** One version in the chosen view, with the facts of its publish above. */
export function One({ id, detail, view, versions, from, onFrom }: OneProps) {
  const { t } = useI18n(texts);
  const { version } = detail;
  return (
    <>
      <VersionFacts version={version} />
      {view === "fields" && <Fields spec={detail.spec} />}
      {view === "source" && (
        <CodeBlock bare text={detail.source} label={t.spec.sourceLabel(version.number)} />
      )}
      {view === "diff" && (
        <Comparison
          id={id}
          version={version}
          versions={versions}
          from={from}
          onFrom={onFrom}
          own={<Changes changes={detail.changes} />}
        />
      )}
    </>
  );
}

function Fields({ spec }: { spec: Record<string, unknown> }) {
  const { t } = useI18n(texts);
  return (
    <PlainTable label={t.spec.views.fields}>
      <tbody>
        {specFields(spec).map(({ path, value }) => (
          <tr key={path}>
            <th scope="row" className={styles.path}>
              {path}
            </th>
            <td>
              {valueText(value) ?? <span className={styles.unknown}>{t.spec.emptyValue}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
