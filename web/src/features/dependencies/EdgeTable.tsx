// SPDX-License-Identifier: Apache-2.0
import type { DependencyEdge } from "@/api/generated";
import { useI18n } from "@/i18n";
import { PlainTable, Soft } from "@/ui/DataTable";
import { TextLink } from "@/ui/Text";
import styles from "./Dependencies.module.css";
import { EdgeLine } from "./Legend";
import { texts } from "./messages";
import { kindOf, nameOf } from "./model";

interface EdgeTableProps {
  label: string;
  edges: readonly DependencyEdge[];
  /** What is none is named, but leads nowhere. */
  isService: (id: string) => boolean;
}

/** RPCs that are shown before one asks for more. */
const SHOWN = 4;

/** The same as the picture, in words. */
export function EdgeTable({ label, edges, isService }: EdgeTableProps) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  if (edges.length === 0) {
    return <p className={styles.note}>{d.noEdges}</p>;
  }
  const name = (id: string) =>
    isService(id) ? (
      <TextLink
        to="/dependencies"
        search={({ hops, direction }) => ({ hops, direction, center: id })}
      >
        {id}
      </TextLink>
    ) : (
      <>
        {nameOf(id)} <span className={styles.soft}>({d.unknown})</span>
      </>
    );
  return (
    <PlainTable label={label}>
      <thead>
        <tr>
          <th scope="col">{d.col.from}</th>
          <th scope="col">{d.col.to}</th>
          <th scope="col">{d.col.kind}</th>
          <th scope="col">{d.col.rpcs}</th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => (
          <tr key={`${edge.from} ${edge.to}`}>
            <td>{name(edge.from)}</td>
            <td>{name(edge.to)}</td>
            <td>
              <span className={styles.kinds}>
                <EdgeLine kind={kindOf(edge)} />
                {d.kind[kindOf(edge)]}
              </span>
            </td>
            <td>
              <Rpcs edge={edge} />
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Rpcs({ edge }: { edge: DependencyEdge }) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  if (edge.rpcCount === 0) {
    return <Soft>–</Soft>;
  }
  const rest = edge.rpcs.slice(SHOWN);
  const unnamed = edge.rpcCount - edge.rpcs.length;
  const lines = (names: readonly string[]) => (
    <ul className={styles.rpcs}>
      {names.map((rpc) => (
        <li key={rpc}>{rpc}</li>
      ))}
    </ul>
  );
  return (
    <>
      {lines(edge.rpcs.slice(0, SHOWN))}
      {rest.length > 0 && (
        <details>
          <summary className={styles.soft}>{d.moreRpcs(edge.rpcCount - SHOWN)}</summary>
          {lines(rest)}
          {unnamed > 0 && <p className={styles.soft}>{d.moreRpcs(unnamed)}</p>}
        </details>
      )}
    </>
  );
}
