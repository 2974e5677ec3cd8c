// SPDX-License-Identifier: Apache-2.0
import type { TodoFacts, TodoPage, TodoTransition } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Icon } from "@/ui/Icon";
import { ArrowIcon, MinusIcon } from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { PanelNote } from "@/ui/Panel";
import { Inline, Meta, Mono, Prose, TextLink } from "@/ui/Text";
import { Timeline, TimelineItem } from "@/ui/Timeline";
import { STATE_LOOK } from "./Chips";
import { texts } from "./messages";
import { bytesLeftOut, shownProof } from "./rule";
import styles from "./Todos.module.css";

/** How the item came to its state: each step with what brought it about. */
export function Proof({ page }: { page: TodoPage }) {
  const { t } = useI18n(texts);
  const { transitions, transitionsLeftOut, todo } = page;
  if (transitions.length === 0) {
    return <PanelNote>{t.todos.noProof}</PanelNote>;
  }
  return (
    <>
      <Timeline label={t.todos.proof}>
        {transitions.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may be alike
          <Step key={i} step={step} service={todo.serviceID} />
        ))}
      </Timeline>
      {transitionsLeftOut > 0 && <Meta>{t.common.more(transitionsLeftOut)}</Meta>}
    </>
  );
}

function Step({ step, service }: { step: TodoTransition; service: string }) {
  const { t } = useI18n(texts);
  const [tone, icon] = STATE_LOOK[step.state] ?? ["none", MinusIcon];
  const states: Record<string, string> = t.todos.states;
  const causes: Record<string, string> = t.todos.causes;
  const { publish } = step;
  return (
    <TimelineItem
      icon={icon}
      tone={tone}
      at={step.at}
      title={
        <Inline>
          {step.stateBefore !== null && (
            <>
              {states[step.stateBefore] ?? step.stateBefore}
              <Icon of={ArrowIcon} size={12} />
            </>
          )}
          <strong>{states[step.state] ?? step.state}</strong>
        </Inline>
      }
    >
      <div className={styles.step}>
        <span>
          {step.actorKind === "rule" ? (
            step.ruleVersion === null ? (
              t.todos.byRule
            ) : (
              t.todos.byRuleVersion(step.ruleVersion)
            )
          ) : step.actor ? (
            <Principal subject={step.actor} />
          ) : (
            t.todos.bySystem
          )}
          {step.cause && (
            <>
              {" · "}
              {causes[step.cause] ?? <Prose text={step.cause} />}
            </>
          )}
        </span>
        <FactChanges before={step.factsBefore} after={step.facts} />
        {publish && (
          <span>
            {publish.version !== undefined && (
              <>
                <TextLink
                  to="/services/$id/spec"
                  params={{ id: service }}
                  search={{ v: publish.version }}
                >
                  {t.todos.version(publish.version)}
                </TextLink>{" "}
              </>
            )}
            <Commit version={publish} />
          </span>
        )}
      </div>
    </TimelineItem>
  );
}

/** Facts that were read, before and after; one that stayed is there once. */
function FactChanges({ before, after }: { before: TodoFacts | null; after: TodoFacts | null }) {
  const { t } = useI18n(texts);
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  if (names.length === 0) {
    return null;
  }
  const leftOut = (bytes: number) => t.todos.leftOut(Math.ceil(bytes / 1000));
  const value = (of: unknown) => {
    if (of === null || of === undefined) {
      return <i>{t.todos.notKnown}</i>;
    }
    const bytes = bytesLeftOut(of);
    return bytes === undefined ? <Mono>{shownProof(of, leftOut)}</Mono> : <i>{leftOut(bytes)}</i>;
  };
  return (
    <ul className={styles.factChanges}>
      {names.map((name) => {
        const [was, is] = [before?.[name], after?.[name]];
        const changed = before !== null && JSON.stringify(was) !== JSON.stringify(is);
        return (
          <li key={name}>
            <Mono>{name}</Mono>: {changed && <del>{value(was)}</del>}
            {changed && " → "}
            {changed ? <ins>{value(is)}</ins> : value(is)}
          </li>
        );
      })}
    </ul>
  );
}
