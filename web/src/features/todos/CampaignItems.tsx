// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { describe } from "@/api/describe";
import type { Session } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/Field";
import { SearchIcon } from "@/ui/icons";
import { EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { BulkBar } from "./BulkBar";
import { type GroupPart, More } from "./MineView";
import { texts } from "./messages";
import { type CampaignSearch, LIST_STATES, STATES } from "./model";
import { RowBones, TodoRows, useRowKeys } from "./TodoRows";
import styles from "./Todos.module.css";
import { Trouble } from "./Trouble";
import type { Changes } from "./useChanges";

interface CampaignItemsProps extends GroupPart {
  search: CampaignSearch;
  onSearch: (part: Partial<CampaignSearch>) => void;
  teams: readonly (string | null)[];
  session: Session | undefined;
  changes: Changes;
}

/** The items of a campaign, one for each service. */
export function CampaignItems(props: CampaignItemsProps) {
  const { search, onSearch, teams, todos, error, updatedAt = 0, session, changes } = props;
  const onRetry = props.onRetry ?? (() => {});
  const { t } = useI18n(texts);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const select = (id: number, on: boolean) => {
    const next = new Set(selected);
    on ? next.add(id) : next.delete(id);
    setSelected(next);
  };
  useRowKeys((id) => select(id, !selected.has(id)));
  const names = [...new Set([...teams, ...(search.team ? [search.team] : [])])];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
      <div className={styles.panelBar} role="group" aria-label={t.filter.group}>
        <FilterSelect
          label={t.todos.state}
          value={search.state ?? ""}
          options={[
            { value: "", label: t.todos.everyState },
            { value: "todo", label: t.todos.allToDo },
            ...STATES.map((value) => ({ value, label: t.todos.states[value] })),
          ]}
          onChange={(value) => onSearch({ state: LIST_STATES.find((each) => each === value) })}
        />
        <FilterSelect
          label={t.filter.team}
          value={search.team ?? ""}
          options={[
            { value: "", label: t.filter.allTeams },
            ...names.map((name) =>
              name === null || name === "-"
                ? { value: "-", label: t.filter.noTeam }
                : { value: name, label: name },
            ),
          ]}
          onChange={(team) => onSearch({ team: team || undefined })}
        />
      </div>
      {error !== undefined && todos && <StaleNote since={updatedAt} onRetry={onRetry} />}
      <Trouble changes={changes} />
      {!todos && error !== undefined && (
        <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />
      )}
      {!todos && error === undefined && <RowBones count={6} />}
      {todos?.length === 0 && (
        <EmptyState
          icon={SearchIcon}
          title={search.state || search.team ? t.todos.noMatch : t.campaign.noItems}
          hint={search.state || search.team ? t.todos.noMatchHint : t.campaign.noItemsHint}
          {...(search.state || search.team
            ? {
                actions: (
                  <Button onClick={() => onSearch({ state: undefined, team: undefined })}>
                    {t.filter.reset}
                  </Button>
                ),
              }
            : {})}
        />
      )}
      {todos && todos.length > 0 && (
        <TodoRows
          label={t.campaign.items}
          todos={todos}
          without="campaign"
          selected={selected}
          onSelect={select}
        />
      )}
      {props.onMore && <More onMore={props.onMore} busy={props.loadingMore ?? false} />}
      <BulkBar
        todos={(todos ?? []).filter((each) => selected.has(each.id))}
        session={session}
        changes={changes}
        onKeep={(ids) => setSelected(new Set(ids))}
      />
    </>
  );
}
