// SPDX-License-Identifier: Apache-2.0
import type { FailedPublish } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { ApiIcon, CheckIcon } from "@/ui/icons";
import { Age, Inline, Prose, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Publishes.module.css";

/** Refused publishes, each with the first of its faults. */
export function FailureTable({ failures }: { failures: readonly FailedPublish[] }) {
  const { t } = useI18n(texts);
  const { col } = t.services;
  return (
    <PlainTable label={t.publishes.failures}>
      <thead>
        <tr>
          <th scope="col">{t.publishes.subject}</th>
          <th scope="col" className={styles.wide}>
            {col.team}
          </th>
          <th scope="col" className={styles.wide}>
            {t.origin.publisher}
          </th>
          <th scope="col" className={styles.number}>
            {t.publishes.lastAt}
          </th>
        </tr>
      </thead>
      <tbody>
        {failures.map((failure) => (
          <FailureRow key={failure.id} failure={failure} />
        ))}
      </tbody>
    </PlainTable>
  );
}

function FailureRow({ failure }: { failure: FailedPublish }) {
  const { t } = useI18n(texts);
  const { id, repository, team, publisher, faults, first, attempts, lastAt, resolvedAt } = failure;
  const name = failure.service ?? repository ?? t.publishes.unknownService;
  return (
    <tr>
      <td>
        <Inline>
          <TextLink
            to="/publishes/$id"
            params={{ id: String(id) }}
            preload="intent"
            aria-label={t.publishes.open(name)}
          >
            {name}
          </TextLink>
          {repository && <Chip icon={ApiIcon}>{t.publishes.descriptorSet}</Chip>}
          <Soft>
            {t.publishes.faults(faults)}
            {attempts > 1 && ` · ${t.publishes.attempts(attempts)}`}
          </Soft>
          {resolvedAt && (
            <Chip tone="ok" icon={CheckIcon}>
              {t.publishes.resolved}
            </Chip>
          )}
        </Inline>
        <p className={styles.fault}>
          {first.line !== undefined && `${t.publishes.atLine(first.line)}: `}
          <Prose text={first.detail} />
        </p>
      </td>
      <td className={styles.wide}>{team ?? <Soft>–</Soft>}</td>
      <td className={styles.wide}>{publisher ?? <Soft>–</Soft>}</td>
      <td className={styles.number}>
        <Soft>
          <Age at={lastAt} />
        </Soft>
      </td>
    </tr>
  );
}
