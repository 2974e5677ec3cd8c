// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import { type Ref, useMemo } from "react";
import { describe } from "@/api/describe";
import type { TeamList } from "@/api/generated";
import { useI18n } from "@/i18n";
import { matches } from "@/lib/text";
import { AsOfBanner, AsOfPicker } from "@/ui/AsOf";
import { Button, buttonClass } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { DataTable } from "@/ui/DataTable";
import { Icon } from "@/ui/Icon";
import { SearchIcon, TeamsIcon, WarnIcon } from "@/ui/icons";
import { FillPage, PageHead, Row } from "@/ui/Page";
import { SearchField } from "@/ui/SearchField";
import { EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { teamColumns } from "./columns";
import { texts } from "./messages";

export interface TeamsViewProps {
  /** Nothing yet, unless the first answer failed. */
  list: TeamList | undefined;
  q: string;
  at: string | undefined;
  /** The first answer failed; with a list, a refresh did. */
  error?: unknown;
  updatedAt?: number;
  onRetry?: () => void;
  onFilter: (text: string) => void;
  onAt: (at: string | undefined) => void;
  fieldRef?: Ref<HTMLInputElement>;
}

/** Every team, with what it owns; all of them come in one answer, so the filter works here. */
export function TeamsView(props: TeamsViewProps) {
  const { list, q, at, error, updatedAt = 0, onRetry = () => {}, onFilter, onAt } = props;
  const { t, f } = useI18n(texts);
  const columns = useMemo(() => teamColumns(t, f), [t, f]);
  const rows = useMemo(
    () =>
      (list?.items ?? []).filter((team) =>
        matches(`${team.name} ${team.corporations.join(" ")}`, q),
      ),
    [list, q],
  );
  const failed = error !== undefined;
  return (
    <FillPage>
      <PageHead
        title={t.teams.title}
        aside={<span role="status">{list && t.teams.count(rows.length)}</span>}
        actions={<AsOfPicker at={at} onChange={onAt} />}
      />
      {at && <AsOfBanner at={at} onChange={onAt} />}
      {failed && list && <StaleNote since={updatedAt} onRetry={onRetry} />}
      <Row>
        <SearchField
          ref={props.fieldRef ?? null}
          label={t.teams.filterLabel}
          placeholder={t.teams.filter}
          hotkey="/"
          value={q}
          onCommit={onFilter}
        />
        {list && list.unowned > 0 && <Unowned count={list.unowned} at={at} />}
      </Row>
      <DataTable
        label={t.teams.table}
        columns={columns}
        rows={rows}
        rowKey={(team) => team.name}
        loading={!list && !failed}
        dimmed={failed}
        total={rows.length}
        instead={
          list
            ? rows.length === 0 && <NoTeams filtered={q !== ""} onClear={() => onFilter("")} />
            : failed && <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
        }
      />
    </FillPage>
  );
}

/** Services that nobody owns are the first thing to mend. */
function Unowned({ count, at }: { count: number; at: string | undefined }) {
  const { t } = useI18n(texts);
  return (
    <Link
      to="/services"
      search={{ team: "-", at }}
      className={buttonClass()}
      title={t.teams.unownedHint}
    >
      <Icon of={WarnIcon} />
      {t.teams.unowned}
      <CountBadge count={count} />
    </Link>
  );
}

function NoTeams({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useI18n(texts);
  return filtered ? (
    <EmptyState
      icon={SearchIcon}
      title={t.teams.noneTitle}
      actions={<Button onClick={onClear}>{t.filter.reset}</Button>}
    />
  ) : (
    <EmptyState icon={TeamsIcon} title={t.teams.emptyTitle} hint={t.teams.emptyHint} />
  );
}
