// SPDX-License-Identifier: Apache-2.0
import type { CampaignRule, Fact } from "@/api/generated";
import { useI18n } from "@/i18n";
import { PlainTable, Soft } from "@/ui/DataTable";
import { Commit } from "@/ui/Origin";
import { Age, Dotted, Mono } from "@/ui/Text";
import { texts } from "./messages";
import { shown } from "./rule";
import styles from "./Todos.module.css";

/** The rule, and the facts that it reads as they are now. */
export function FactsTable({ rule, facts }: { rule: CampaignRule; facts: readonly Fact[] }) {
  const { t } = useI18n(texts);
  return (
    <>
      <p className={styles.rule}>
        {t.todos.ruleVersion(rule.version)} <Mono>{rule.predicate}</Mono>
      </p>
      {facts.length > 0 && (
        <PlainTable label={t.todos.factsTitle}>
          <thead>
            <tr>
              <th scope="col">{t.todos.factKey}</th>
              <th scope="col">{t.todos.factValue}</th>
              <th scope="col">{t.todos.factSince}</th>
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <tr key={fact.key}>
                <td>
                  <span className={styles.factKey}>
                    <Dotted name={fact.key} />
                  </span>
                </td>
                <td>
                  {fact.known ? <Mono>{shown(fact.value)}</Mono> : <Soft>{t.todos.notKnown}</Soft>}
                </td>
                <td>
                  {fact.since && <Age at={fact.since} />}
                  {fact.source && <div className={styles.soft}>{fact.source}</div>}
                  {fact.commit && (
                    <div className={styles.soft}>
                      <Commit version={{ commit: fact.commit }} />
                    </div>
                  )}
                  {fact.expiresAt && (
                    <div className={styles.soft}>
                      {t.todos.factExpires} <Age at={fact.expiresAt} />
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </>
  );
}
