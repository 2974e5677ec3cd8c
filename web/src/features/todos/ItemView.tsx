// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import type { Session, Todo, TodoPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { ClockIcon } from "@/ui/icons";
import { Markdown } from "@/ui/Markdown";
import { Row } from "@/ui/Page";
import { type Entry, KeyValue } from "@/ui/Panel";
import { Banner, Bone, Skeleton } from "@/ui/State";
import { Age, ExternalLink, Meta, TextLink } from "@/ui/Text";
import { ChangeDialog, type Deed } from "./ChangeDialog";
import { Assignee, Due, StateChip } from "./Chips";
import { Comments } from "./Comments";
import { FactsTable } from "./FactsTable";
import { type Messages, texts } from "./messages";
import { isToDo, mayLead, nameOf, STATES } from "./model";
import { NextStep } from "./NextStep";
import { Proof } from "./Proof";
import styles from "./Todos.module.css";
import type { Changes } from "./useChanges";

interface ItemViewProps {
  page: TodoPage;
  session: Session | undefined;
  changes: Changes;
}

/** Everything about one item: what to do next, what is known, how it came to its state. */
export function ItemView({ page, session, changes }: ItemViewProps) {
  const { t } = useI18n(texts);
  const { todo, why, how, rule, facts } = page;
  return (
    <div className={styles.item}>
      <Head page={page} session={session} changes={changes} />
      <NextStep page={page} />
      {why && (
        <Section title={t.todos.why}>
          <Markdown text={why} />
        </Section>
      )}
      {how && (
        <Section title={t.todos.how}>
          <Markdown text={how} />
        </Section>
      )}
      {rule && (
        <Section title={t.todos.factsTitle}>
          <FactsTable rule={rule} facts={facts} />
        </Section>
      )}
      <Section title={t.todos.proof}>
        <Proof page={page} />
      </Section>
      <Section title={t.todos.commentsTitle(todo.comments)}>
        <Comments page={page} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Head({ page, session, changes }: ItemViewProps) {
  const { t, f } = useI18n(texts);
  const { todo } = page;
  return (
    <>
      <Row>
        <StateChip state={todo.state} />
        {page.rule && todo.byRule && <Meta>{t.todos.byRule}</Meta>}
        {todo.reopened > 0 && (
          <Chip tone="warn" icon={ClockIcon}>
            {t.todos.reopened(todo.reopened)}
          </Chip>
        )}
        {todo.snoozedUntil && (
          <Chip icon={ClockIcon}>{t.todos.snoozedUntil(f.calendar(todo.snoozedUntil))}</Chip>
        )}
      </Row>
      <Deeds page={page} session={session} changes={changes} />
      <KeyValue entries={entriesOf(page, t)} />
      {todo.reason && (
        <Banner>
          {t.todos.reasonIs(todo.reason)}
          {todo.approver && ` ${t.todos.approvedBy(nameOf(todo.approver))}`}
          {todo.until && ` ${t.todos.untilDay(f.calendar(todo.until))}`}
        </Banner>
      )}
    </>
  );
}

function entriesOf({ todo, campaignTeam, reviewTeam }: TodoPage, t: Messages): Entry[] {
  const entries: (Entry | false)[] = [
    {
      key: "service",
      label: t.services.col.service,
      value: (
        <>
          <TextLink to="/services/$id" params={{ id: todo.serviceID }}>
            {todo.serviceID}
          </TextLink>
          {todo.serviceGone && ` · ${t.lifecycle.tombstoned}`}
        </>
      ),
    },
    {
      key: "team",
      label: t.services.col.team,
      value: todo.team ? (
        <TextLink to="/teams/$team" params={{ team: todo.team }}>
          {todo.team}
        </TextLink>
      ) : (
        t.services.unowned
      ),
    },
    { key: "due", label: t.todos.due, value: <Due day={todo.due} overdue={todo.overdue} /> },
    { key: "assignee", label: t.todos.assignee, value: <Assignee of={todo.assignee} /> },
    todo.campaign !== null && {
      key: "campaign",
      label: t.campaigns.one,
      value: (
        <span className={styles.inText}>
          <TextLink to="/campaigns/$campaign" params={{ campaign: todo.campaign }}>
            {todo.campaign}
          </TextLink>
          {campaignTeam && ` (${campaignTeam})`}
        </span>
      ),
    },
    todo.source !== null && {
      key: "source",
      label: t.todos.source,
      value: todo.externalUrl ? (
        <ExternalLink href={todo.externalUrl}>
          {[todo.source, todo.externalID].filter(Boolean).join(" ")}
        </ExternalLink>
      ) : (
        [todo.source, todo.externalID].filter(Boolean).join(" ")
      ),
    },
    todo.level !== null && {
      key: "level",
      label: t.campaigns.level,
      value: [todo.level, todo.phase].filter(Boolean).join(" · "),
    },
    reviewTeam !== null && { key: "review", label: t.campaigns.reviewTeam, value: reviewTeam },
    todo.evidence !== null && {
      key: "evidence",
      label: t.todos.evidence,
      value: <ExternalLink href={todo.evidence} />,
    },
    { key: "opened", label: t.todos.openedAt, value: <Age at={todo.openedAt} /> },
    todo.doneAt !== null && {
      key: "done",
      label: todo.state === "done" ? t.todos.doneAt : t.todos.lastDoneAt,
      value: <Age at={todo.doneAt} />,
    },
  ];
  return entries.filter((entry) => entry !== false);
}

/** Needs nothing more said: no dialog asks before. */
const AT_ONCE: readonly Deed[] = ["open"];

function Deeds({ page, session, changes }: ItemViewProps) {
  const { t } = useI18n(texts);
  const { todo, may, reviewTeam } = page;
  const [deed, setDeed] = useState<Deed>();
  // Whoever does not review it hands it in, even by saying that it is done.
  const handsIn = may.includes("in_review") && !mayLead(session, reviewTeam);
  const states = STATES.filter(
    (state) => state !== todo.state && may.includes(state) && !(handsIn && state === "done"),
  );
  const mine = mayLead(session, todo.team) || may.length > 0;
  if (!mine) {
    return <Meta>{todo.team ? t.todos.onlyTeam(todo.team) : t.todos.onlyAdmins}</Meta>;
  }
  const toDo = isToDo(todo.state);
  if (states.length === 0 && !toDo) {
    return null;
  }
  const start = (next: Deed) =>
    AT_ONCE.includes(next)
      ? changes.change(todo, { state: "open" }, said("open", todo, t))
      : setDeed(next);
  return (
    <Row>
      {states.map((state) => (
        <Button
          key={state}
          small
          look={state === (handsIn ? "in_review" : "done") ? "primary" : "plain"}
          disabled={changes.busy}
          onClick={() => start(state)}
        >
          {t.todos.deeds[state]}
          {!AT_ONCE.includes(state) && "…"}
        </Button>
      ))}
      {toDo && session && todo.assignee !== session.subject && (
        <Button
          small
          disabled={changes.busy}
          onClick={() =>
            changes.change(todo, { assignee: session.subject }, said("assign", todo, t))
          }
        >
          {t.todos.assignMe}
        </Button>
      )}
      {toDo && (
        <Button small disabled={changes.busy} onClick={() => setDeed("assign")}>
          {t.todos.deeds.assign}…
        </Button>
      )}
      {toDo &&
        (todo.snoozedUntil ? (
          <Button
            small
            disabled={changes.busy}
            onClick={() => changes.change(todo, { snoozedUntil: null }, said("snooze", todo, t))}
          >
            {t.todos.wake}
          </Button>
        ) : (
          <Button small disabled={changes.busy} onClick={() => setDeed("snooze")}>
            {t.todos.deeds.snooze}…
          </Button>
        ))}
      {deed && (
        <ChangeDialog
          deed={deed}
          todos={[todo]}
          busy={changes.busy}
          onClose={() => setDeed(undefined)}
          onChange={(change) => changes.change(todo, change, said(deed, todo, t))}
        />
      )}
    </Row>
  );
}

/** What was done, as the toast says it. */
const said = (deed: Deed, todo: Todo, t: Messages) =>
  `${todo.serviceID}: ${t.todos.deedDone[deed]}`;

export function ItemBones() {
  return (
    <Skeleton>
      <div className={styles.item}>
        {[30, 80, 55, 70, 40, 90, 65].map((width) => (
          <Bone key={width} width={`${width}%`} />
        ))}
      </div>
    </Skeleton>
  );
}
