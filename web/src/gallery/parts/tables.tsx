// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { LifecycleChip } from "@/ui/Chip";
import { type Column, DataTable, PlainTable, RowLink, Soft, TwoLines } from "@/ui/DataTable";
import { services } from "../data/services";
import styles from "../Gallery.module.css";
import { Look } from "../Sheet";

type Row = (typeof services)[number];

const columns: Column<Row>[] = [
  {
    id: "name",
    header: "Service",
    track: "minmax(180px, 2fr)",
    sort: "name",
    cell: (row) => (
      <TwoLines
        first={
          <RowLink to="/services/$id" params={{ id: row.id }}>
            {row.id}
          </RowLink>
        }
        second={row.description}
      />
    ),
  },
  {
    id: "team",
    header: "チーム",
    track: "minmax(100px, 1fr)",
    from: 480,
    sort: "team",
    cell: (row) => row.team ?? <Soft>–</Soft>,
  },
  {
    id: "lifecycle",
    header: "Lifecycle",
    track: "128px",
    from: 640,
    cell: (row) => <LifecycleChip value={row.lifecycle} />,
  },
  { id: "tier", header: "Tier", track: "60px", end: true, cell: (row) => row.tier },
];

export function Tables() {
  const [sort, setSort] = useState("name");
  return (
    <>
      <Look name="DataTable" wide>
        <div className={styles.tall}>
          <DataTable
            label="Services"
            columns={columns}
            rows={services}
            rowKey={(row) => row.id}
            sort={sort}
            onSort={setSort}
          />
        </div>
      </Look>
      <Look name="PlainTable" wide>
        <PlainTable label="Deployments">
          <thead>
            <tr>
              <th scope="col">Environment</th>
              <th scope="col">名前空間</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Development</td>
              <td>acme-payment-dev</td>
            </tr>
            <tr>
              <td>Production</td>
              <td>acme-payment-prod</td>
            </tr>
          </tbody>
        </PlainTable>
      </Look>
    </>
  );
}

export function LoadingTable() {
  return (
    <div className={styles.tall}>
      <DataTable label="Services" columns={columns} rows={[]} rowKey={(row) => row.id} loading />
    </div>
  );
}
