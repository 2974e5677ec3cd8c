// SPDX-License-Identifier: Apache-2.0
import type { ServiceItem } from "@/api/generated";
import type { Messages } from "@/i18n/ja";
import { LifecycleChip, TagLine } from "@/ui/Chip";
import { type Column, RowLink, Soft, TwoLines } from "@/ui/DataTable";
import { Icon } from "@/ui/Icon";
import { WarnIcon } from "@/ui/icons";
import { Age, Prose } from "@/ui/Text";
import styles from "./Services.module.css";

/** Where a narrow table drops the team column, the row's second line names it. */
const WITH_TEAM = 620;

function Name({ item, table, t }: { item: ServiceItem; table: number; t: Messages }) {
  const narrow = table > 0 && table < WITH_TEAM;
  return (
    <TwoLines
      first={
        <>
          <RowLink to="/services/$id" params={{ id: item.id }} search={keepMoment} preload="intent">
            {item.id}
          </RowLink>
          {item.failing && (
            <span className={styles.failing} title={t.services.failing}>
              <Icon of={WarnIcon} size={14} />
              <span className="visually-hidden">{t.services.failing}</span>
            </span>
          )}
        </>
      }
      second={
        <>
          {narrow && `${item.team ?? t.services.unowned} · `}
          <Prose text={item.description} />
        </>
      }
    />
  );
}

/** The moment shown goes along to the service; the filters do not. */
const keepMoment = (before: { at?: string | undefined }) => ({ at: before.at });

export function serviceColumns(t: Messages): Column<ServiceItem>[] {
  const { col } = t.services;
  return [
    {
      id: "service",
      header: col.service,
      track: "minmax(180px, 2.6fr)",
      sort: "name",
      cell: (item, { table }) => <Name item={item} table={table} t={t} />,
    },
    {
      id: "team",
      header: col.team,
      track: "minmax(110px, 1.2fr)",
      from: WITH_TEAM,
      sort: "team",
      cell: (item) => item.team ?? <Soft>{t.services.unowned}</Soft>,
    },
    {
      id: "corp",
      header: col.corp,
      track: "minmax(110px, 1fr)",
      from: 1000,
      cell: (item) => item.corporation ?? <Soft>–</Soft>,
    },
    {
      id: "tags",
      header: col.tags,
      track: "minmax(120px, 1.5fr)",
      from: 860,
      cell: (item, { width }) => <TagLine tags={item.tags} width={width} />,
    },
    {
      id: "lifecycle",
      header: col.lifecycle,
      track: "128px",
      from: 400,
      cell: (item) => <LifecycleChip value={item.tombstonedAt ? "tombstoned" : item.lifecycle} />,
    },
    {
      id: "tier",
      header: col.tier,
      track: "60px",
      from: 720,
      end: true,
      sort: "tier",
      cell: (item) => item.tier ?? <Soft>–</Soft>,
    },
    {
      id: "updated",
      header: col.updated,
      track: "84px",
      from: 520,
      end: true,
      sort: "updated",
      cell: (item) => (
        <Soft>
          <Age at={item.tombstonedAt ?? item.publishedAt} />
        </Soft>
      ),
    },
  ];
}
