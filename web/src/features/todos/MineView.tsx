// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { describe } from "@/api/describe";
import type { Campaign, Session, Todo, TodoList } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { Checkbox, FilterSelect } from "@/ui/Field";
import { CheckIcon, CloseIcon, DownIcon, RightIcon, SearchIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { Panel, PanelNote } from "@/ui/Panel";
import { EmptyState, ErrorPanel, StaleNote } from "@/ui/State";
import { Meta } from "@/ui/Text";
import { BulkBar } from "./BulkBar";
import { texts } from "./messages";
import { GROUPS, type Group, type MineSearch, TO_DO } from "./model";
import { RowBones, TodoRows, useRowKeys } from "./TodoRows";
import styles from "./Todos.module.css";
import { Trouble } from "./Trouble";
import type { Changes } from "./useChanges";

/** One group of the list, as far as it has come. */
export interface GroupPart {
  todos: readonly Todo[] | undefined;
  error?: unknown;
  updatedAt?: number;
  onRetry?: () => void;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
}

export interface MineViewProps {
  search: MineSearch;
  onSearch: (search: MineSearch) => void;
  groups: Record<Group, GroupPart>;
  /** How many there are over all pages; undefined = not known for these filters. */
  counts: TodoList["groups"] | undefined;
  session: Session | undefined;
  campaigns: readonly Campaign[];
  changes: Changes;
}

const BONES = { overdue: 2, week: 3, later: 4, done: 2 };

/** What is mine to do: overdue first, then by time. */
export function MineView(props: MineViewProps) {
  const { search, onSearch, groups, session, changes } = props;
  const { t } = useI18n(texts);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const todo = GROUPS.filter((group) => group !== "done");
  const listed = todo.flatMap((group) => groups[group].todos ?? []);
  const chosen = listed.filter((each) => selected.has(each.id));
  const select = (id: number, on: boolean) => {
    const next = new Set(selected);
    on ? next.add(id) : next.delete(id);
    setSelected(next);
  };
  useRowKeys((id) => select(id, !selected.has(id)));
  const failed = todo.find((group) => groups[group].error !== undefined && !groups[group].todos);
  const stale = todo.find((group) => groups[group].error !== undefined && groups[group].todos);
  const empty = todo.every((group) => groups[group].todos?.length === 0);
  return (
    <FlowPage>
      <PageHead
        title={search.team ? t.todos.teamTitle(search.team) : t.todos.mineTitle}
        aside={<Whose search={search} session={session} />}
      />
      <Filters {...props} />
      {stale && (
        <StaleNote
          since={groups[stale].updatedAt ?? 0}
          onRetry={groups[stale].onRetry ?? (() => {})}
        />
      )}
      <Trouble changes={changes} />
      {failed ? (
        <ErrorPanel
          failure={describe(groups[failed].error, t)}
          onRetry={() => {
            for (const group of todo) {
              groups[group].onRetry?.();
            }
          }}
        />
      ) : empty ? (
        <Nothing search={search} session={session} onSearch={onSearch} />
      ) : (
        todo.map((group) => (
          <GroupPanel key={group} {...props} group={group} selected={selected} onSelect={select} />
        ))
      )}
      <DonePanel {...props} />
      <BulkBar
        todos={chosen}
        session={session}
        changes={changes}
        onKeep={(ids) => setSelected(new Set(ids))}
      />
    </FlowPage>
  );
}

/** Of which teams: else nobody knows why something is here, or is not. */
function Whose({ search, session }: { search: MineSearch; session: Session | undefined }) {
  const { t, f } = useI18n(texts);
  if (search.team || !session) {
    return null;
  }
  return session.teams.length > 0 ? t.todos.ofTeams(f.list(session.teams)) : t.todos.inNoTeam;
}

function GroupPanel({
  group,
  groups,
  counts,
  selected,
  onSelect,
}: MineViewProps & {
  group: Exclude<Group, "done">;
  selected: ReadonlySet<number>;
  onSelect: (id: number, on: boolean) => void;
}) {
  const { t } = useI18n(texts);
  const { todos, onMore, loadingMore } = groups[group];
  if (todos?.length === 0) {
    return null;
  }
  const count = counts?.[group] ?? todos?.length;
  return (
    <Panel
      title={t.todos.groups[group]}
      flush
      aside={
        count !== undefined && (
          <CountBadge
            count={count}
            more={counts === undefined && onMore !== undefined}
            bad={group === "overdue"}
          />
        )
      }
    >
      {todos ? (
        <TodoRows
          label={t.todos.groups[group]}
          todos={todos}
          selected={selected}
          onSelect={onSelect}
        />
      ) : (
        <RowBones count={BONES[group]} />
      )}
      {onMore && <More onMore={onMore} busy={loadingMore ?? false} />}
    </Panel>
  );
}

/** What was done lately is read only when somebody opens it. */
function DonePanel({ search, onSearch, groups, counts }: MineViewProps) {
  const { t } = useI18n(texts);
  const open = search.done ?? false;
  const { todos, error, onRetry, onMore, loadingMore } = groups.done;
  const refused = error !== undefined && !todos;
  return (
    <Panel
      title={t.todos.groups.done}
      flush
      aside={
        <>
          {counts && <CountBadge count={counts.done} />}
          <Button
            small
            look="quiet"
            icon={open ? DownIcon : RightIcon}
            aria-expanded={open}
            onClick={() => onSearch({ ...search, done: open ? undefined : true })}
          >
            {open ? t.todos.hideDone : t.todos.showDone}
          </Button>
        </>
      }
    >
      {open && refused && (
        <ErrorPanel failure={describe(error, t)} {...(onRetry ? { onRetry } : {})} />
      )}
      {open && !refused && !todos && <RowBones count={BONES.done} />}
      {open && todos?.length === 0 && (
        <div className={styles.pad}>
          <PanelNote>{t.todos.nothingDone}</PanelNote>
        </div>
      )}
      {open && todos && todos.length > 0 && <TodoRows label={t.todos.groups.done} todos={todos} />}
      {open && onMore && <More onMore={onMore} busy={loadingMore ?? false} />}
    </Panel>
  );
}

export function More({ onMore, busy }: { onMore: () => void; busy: boolean }) {
  const { t } = useI18n();
  return (
    <div className={styles.more}>
      <Button onClick={onMore} disabled={busy}>
        {t.common.showMore}
      </Button>
    </div>
  );
}

const isFiltered = ({ campaign, state }: MineSearch) => Boolean(campaign || state);

function Nothing({
  search,
  session,
  onSearch,
}: Pick<MineViewProps, "search" | "session" | "onSearch">) {
  const { t, f } = useI18n(texts);
  if (isFiltered(search)) {
    return (
      <EmptyState
        icon={SearchIcon}
        title={t.todos.noMatch}
        hint={t.todos.noMatchHint}
        actions={
          <Button onClick={() => onSearch({ team: search.team, done: search.done })}>
            {t.filter.reset}
          </Button>
        }
      />
    );
  }
  const teams = session?.teams ?? [];
  return (
    <EmptyState
      icon={CheckIcon}
      title={t.todos.nothingTitle}
      hint={
        search.team
          ? t.todos.nothingOfTeam(search.team)
          : teams.length > 0
            ? t.todos.nothingHint(f.list(teams))
            : t.todos.nothingNoTeam
      }
    />
  );
}

function Filters({ search, onSearch, session, campaigns }: MineViewProps) {
  const { t } = useI18n(texts);
  const teams = [...new Set([...(session?.teams ?? []), ...(search.team ? [search.team] : [])])];
  const names = new Map(campaigns.map(({ name, title }) => [name, title]));
  if (search.campaign && !names.has(search.campaign)) {
    names.set(search.campaign, search.campaign);
  }
  const pick = (part: Partial<MineSearch>) => onSearch({ ...search, ...part, item: undefined });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={styles.filters} role="group" aria-label={t.filter.group}>
      <FilterSelect
        label={t.filter.team}
        value={search.team ?? ""}
        options={[
          { value: "", label: t.todos.mineAndTeams },
          ...teams.sort().map((name) => ({ value: name, label: name })),
        ]}
        onChange={(team) => pick({ team: team || undefined })}
      />
      <FilterSelect
        label={t.campaigns.one}
        value={search.campaign ?? ""}
        options={[
          { value: "", label: t.campaigns.every },
          ...[...names].map(([value, label]) => ({ value, label })),
        ]}
        onChange={(campaign) => pick({ campaign: campaign || undefined })}
      />
      <FilterSelect
        label={t.todos.state}
        value={search.state ?? ""}
        options={[
          { value: "", label: t.todos.everyState },
          ...TO_DO.map((value) => ({ value, label: t.todos.states[value] })),
        ]}
        onChange={(state) => pick({ state: TO_DO.find((each) => each === state) })}
      />
      <Checkbox
        checked={search.snoozed ?? false}
        onChange={(event) => pick({ snoozed: event.target.checked || undefined })}
      >
        {t.todos.withSnoozed}
      </Checkbox>
      {(isFiltered(search) || search.team) && (
        <Button small look="quiet" icon={CloseIcon} onClick={() => onSearch({ done: search.done })}>
          {t.filter.reset}
        </Button>
      )}
      <span className={styles.keys}>
        <Meta>{t.todos.keys}</Meta>
      </span>
    </div>
  );
}
