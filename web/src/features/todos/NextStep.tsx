// SPDX-License-Identifier: Apache-2.0
import type { TodoPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Icon } from "@/ui/Icon";
import { ArrowIcon, CheckIcon, WarnIcon } from "@/ui/icons";
import { Mono, TextLink } from "@/ui/Text";
import { type Messages, texts } from "./messages";
import { isToDo } from "./model";
import { type Lack, lacks, shown } from "./rule";
import styles from "./Todos.module.css";

/** What exactly is missing, from the rule and the facts as they are now. */
export function NextStep({ page }: { page: TodoPage }) {
  const { t } = useI18n(texts);
  const { todo, rule, facts, reviewTeam } = page;
  if (!isToDo(todo.state)) {
    return null;
  }
  const missing = rule && todo.state === "open" ? lacks(rule.predicate, facts) : [];
  return (
    <section className={styles.next} aria-label={t.todos.nextStep}>
      <h3>
        <Icon of={ArrowIcon} size={14} />
        {t.todos.nextStep}
      </h3>
      {todo.state === "waiting" && (
        <p>
          {t.todos.nextWaiting}{" "}
          {todo.waitsFor !== null && (
            <TextLink to="/todos/$id" params={{ id: String(todo.waitsFor) }}>
              #{todo.waitsFor}
            </TextLink>
          )}
        </p>
      )}
      {todo.state === "in_review" && (
        <p>{reviewTeam ? t.todos.nextReviewOf(reviewTeam) : t.todos.nextReview}</p>
      )}
      {todo.state === "open" && rule?.quarantine && (
        <p className={styles.lack}>
          <Icon of={WarnIcon} size={14} />
          {t.todos.nextQuarantine}
        </p>
      )}
      {todo.state === "open" && !rule && (
        <p>{reviewTeam ? t.todos.nextHandIn(reviewTeam) : t.todos.nextByHand}</p>
      )}
      {missing.length > 0 && (
        <ul className={styles.lacks}>
          {missing.map((lack) => (
            <li key={JSON.stringify(lack)} className={styles.lack}>
              <Icon of={WarnIcon} size={14} />
              <span>{said(lack, t)}</span>
            </li>
          ))}
        </ul>
      )}
      {todo.state === "open" && rule && (
        <p className={styles.then}>
          <Icon of={CheckIcon} size={14} />
          <span>{t.todos.nextCloses}</span>
        </p>
      )}
    </section>
  );
}

function said(lack: Lack, t: Messages) {
  switch (lack.kind) {
    case "unknown":
      return (
        <>
          {t.todos.lackUnknown} <Mono>{lack.key}</Mono>
        </>
      );
    case "absent":
      return (
        <>
          {t.todos.lackAbsent} <Mono>{lack.path}</Mono>
        </>
      );
    case "value":
      return (
        <>
          <Mono>{lack.path}</Mono> {t.todos.lackValue(shown(lack.value), lack.wanted)}
        </>
      );
    default:
      return (
        <>
          {t.todos.lackRule} <Mono>{lack.text}</Mono>
        </>
      );
  }
}
