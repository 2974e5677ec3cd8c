// SPDX-License-Identifier: Apache-2.0
import type { ServiceItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { LifecycleChip } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { Icon } from "@/ui/Icon";
import { WarnIcon } from "@/ui/icons";
import { Age, Inline, Prose, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Teams.module.css";

interface TeamServicesProps {
  services: readonly ServiceItem[];
  at: string | undefined;
}

export function TeamServices({ services, at }: TeamServicesProps) {
  const { t } = useI18n(texts);
  const { col } = t.services;
  return (
    <PlainTable label={t.teams.services}>
      <thead>
        <tr>
          <th scope="col">{col.service}</th>
          <th scope="col" className={styles.narrow}>
            {col.lifecycle}
          </th>
          <th scope="col" className={styles.number}>
            {col.tier}
          </th>
          <th scope="col" className={styles.number}>
            {col.updated}
          </th>
        </tr>
      </thead>
      <tbody>
        {services.map((item) => (
          <tr key={item.id}>
            <td>
              <Name item={item} at={at} />
            </td>
            <td className={styles.narrow}>
              <LifecycleChip value={item.lifecycle} />
            </td>
            <td className={styles.number}>{item.tier ?? <Soft>–</Soft>}</td>
            <td className={styles.number}>
              <Soft>
                <Age at={item.publishedAt} />
              </Soft>
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Name({ item, at }: { item: ServiceItem; at: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      <Inline>
        <TextLink to="/services/$id" params={{ id: item.id }} search={{ at }} preload="intent">
          {item.id}
        </TextLink>
        {item.failing && (
          <span className={styles.failing} title={t.services.failing}>
            <Icon of={WarnIcon} size={14} />
            <span className="visually-hidden">{t.services.failing}</span>
          </span>
        )}
      </Inline>
      <p className={styles.about}>
        <Prose text={item.description} />
      </p>
    </>
  );
}
