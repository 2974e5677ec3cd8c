// SPDX-License-Identifier: Apache-2.0
import {
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { describe } from "@/api/describe";
import type { ApiDiffPackage, ApiFinding, ApiRevision, ApiWaiverDraft } from "@/api/generated";
import { sessionQuery } from "@/features/session/api";
import { useI18n } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { FilterSelect } from "@/ui/Field";
import { CompareIcon, SwapIcon } from "@/ui/icons";
import { Row, Stack } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { toast } from "@/ui/Toast";
import styles from "./Apis.module.css";
import {
  diffPackageQuery,
  diffQuery,
  forgetVerdicts,
  grantWaiver,
  repositoryQuery,
  revisionsQuery,
} from "./api";
import type { Rest } from "./DiffPackage";
import { DiffView } from "./DiffView";
import { withPackages } from "./diff";
import type { DiffSearch } from "./diffSearch";
import { texts } from "./messages";
import { usePlace } from "./place";
import { Bones } from "./RepositoryScreen";
import { useLanding } from "./useLanding";
import { WaiveDialog } from "./WaiveDialog";

const route = getRouteApi("/shell/apis/$repository/diff");

/** The revision before another one, of those that were the current one once. */
export function before(to: number, revisions: readonly ApiRevision[]): number | undefined {
  return revisions.find((each) => each.number < to && each.applied)?.number;
}

export function DiffScreen() {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const current = useQuery(repositoryQuery(repository, undefined));
  const list = useInfiniteQuery(revisionsQuery(repository));
  const revisions = list.data?.pages.flatMap((each) => each.items) ?? [];
  const to = search.to ?? current.data?.repository.revision.number;
  const from = search.from ?? (to === undefined ? undefined : before(to, revisions));
  const setSearch = (next: DiffSearch, typed = false) => navigate({ search: next, replace: typed });

  if (from === undefined || to === undefined) {
    const failed = list.error ?? current.error;
    if (failed) {
      return <ErrorPanel failure={describe(failed, t)} onRetry={() => list.refetch()} />;
    }
    return list.isPending || to === undefined ? (
      <DiffSkeleton />
    ) : (
      <EmptyState icon={CompareIcon} title={t.cmp.onlyOne} hint={t.cmp.onlyOneHint} />
    );
  }
  return (
    <Stack>
      <Pick
        revisions={revisions}
        from={from}
        to={to}
        onChange={(pair) => setSearch({ ...search, ...pair })}
      />
      {from === to ? (
        <EmptyState title={t.cmp.same} />
      ) : (
        <Difference
          key={`${from} ${to}`}
          from={from}
          to={to}
          search={search}
          onSearch={setSearch}
        />
      )}
    </Stack>
  );
}

interface PickProps {
  revisions: readonly ApiRevision[];
  from: number;
  to: number;
  onChange: (pair: { from: number; to: number }) => void;
}

function Pick({ revisions, from, to, onChange }: PickProps) {
  const { t, f } = useI18n(texts);
  const numbers = [...new Set([...revisions.map((each) => each.number), from, to])];
  const options = numbers
    .sort((a, b) => b - a)
    .map((number) => {
      const found = revisions.find((each) => each.number === number);
      const parts = [t.apis.revision(number), found?.commit?.slice(0, 10)];
      const day = found && f.date(found.receivedAt);
      return { value: String(number), label: [...parts, day].filter(Boolean).join(" · ") };
    });
  return (
    <Row>
      <span>{t.cmp.from}</span>
      <FilterSelect
        label={t.cmp.from}
        value={String(from)}
        options={options}
        onChange={(value) => onChange({ from: Number(value), to })}
      />
      <IconButton
        icon={SwapIcon}
        label={t.cmp.swap}
        onClick={() => onChange({ from: to, to: from })}
      />
      <span>{t.cmp.to}</span>
      <FilterSelect
        label={t.cmp.to}
        value={String(to)}
        options={options}
        onChange={(value) => onChange({ from, to: Number(value) })}
      />
    </Row>
  );
}

interface Waiving {
  finding: ApiFinding;
  /** Where it stands. */
  at: HTMLElement;
}

interface DifferenceProps {
  from: number;
  to: number;
  search: DiffSearch;
  onSearch: (search: DiffSearch, typed?: boolean) => void;
}

function Difference({ from, to, search, onSearch }: DifferenceProps) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const query = useQuery(diffQuery(repository, from, to));
  const { data: session } = useQuery(sessionQuery);
  const whole = useWholePackages(from, to);
  const [waiving, setWaiving] = useState<Waiving>();
  const summary = useRef<HTMLElement>(null);
  // With only breaking ones shown the finding goes, and the next takes its place.
  const land = useLanding(summary);
  const retry = () => query.refetch();
  if (!query.data) {
    return query.error ? (
      <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <DiffSkeleton />
    );
  }
  return (
    <>
      {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      <DiffView
        diff={withPackages(query.data, whole.packages)}
        search={search}
        onSearch={onSearch}
        rest={whole.rest}
        onRest={whole.ask}
        onWaive={
          session?.role === "admin" ? (finding, at) => setWaiving({ finding, at }) : undefined
        }
        summary={summary}
      />
      {waiving && (
        <Waive
          finding={waiving.finding}
          onClose={() => setWaiving(undefined)}
          onDone={() => land(waiving.at)}
        />
      )}
    </>
  );
}

/** Packages of which the diff had no room for everything, one by one when asked for. */
function useWholePackages(from: number, to: number) {
  const { repository } = usePlace();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const results = useQueries({
    queries: asked.map((name) => diffPackageQuery(repository, from, to, name)),
  });
  const packages: ApiDiffPackage[] = [];
  const rest = new Map<string, Rest>();
  results.forEach(({ data, isError, isFetching }, i) => {
    packages.push(...(data?.packages ?? []));
    rest.set(asked[i] ?? "", {
      busy: isFetching,
      failed: isError && !isFetching,
      done: data !== undefined,
    });
  });
  const ask = (name: string) => {
    const at = asked.indexOf(name);
    if (at < 0) {
      setAsked([...asked, name]);
    } else {
      results[at]?.refetch();
    }
  };
  return { packages, rest, ask };
}

interface WaiveProps {
  finding: ApiFinding;
  onClose: () => void;
  onDone: () => void;
}

function Waive({ finding, onClose, onDone }: WaiveProps) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const client = useQueryClient();
  const grant = useMutation({
    mutationFn: (body: ApiWaiverDraft) => grantWaiver(repository, body),
    onSuccess: ({ subject }) => {
      // Gone before it is told: what lies outside of a modal says nothing.
      flushSync(onClose);
      onDone();
      toast(t.waive.done(subject));
      return forgetVerdicts(client, repository);
    },
  });
  return (
    <WaiveDialog
      finding={finding}
      busy={grant.isPending}
      error={grant.error}
      onSubmit={(body) => grant.mutate(body)}
      onClose={onClose}
    />
  );
}

function DiffSkeleton() {
  const { t } = useI18n(texts);
  return (
    <Skeleton>
      <Stack>
        <div className={styles.pad}>
          <Bones count={2} />
        </div>
        <Panel title={t.cmp.otherChanges}>
          <Bones count={10} />
        </Panel>
      </Stack>
    </Skeleton>
  );
}
