// SPDX-License-Identifier: Apache-2.0
import type { ApiItem } from "@/api/generated";
import { useI18n } from "@/i18n";
import { summaryOf } from "@/lib/markdown";
import { PlainTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Meta, Prose } from "@/ui/Text";
import styles from "./Apis.module.css";
import { Kind, SymbolLink } from "./Links";
import { texts } from "./messages";
import { Deprecated } from "./Symbol";

/** What is declared in a package or a message. */
export function Items({
  items,
  title,
  sameKind = false,
}: {
  items: readonly ApiItem[];
  title: string;
  /** The title names the kind already. */
  sameKind?: boolean;
}) {
  const { t, f } = useI18n(texts);
  if (items.length === 0) {
    return null;
  }
  return (
    <Panel title={title} flush aside={f.number(items.length)}>
      <PlainTable label={title}>
        <tbody>
          {items.map((item) => (
            <tr key={item.fullName}>
              <td>
                <div className={styles.badges}>
                  {!sameKind && <Kind of={item.kind} />}
                  <SymbolLink name={item.fullName}>{item.name}</SymbolLink>
                  {item.deprecated && <Deprecated />}
                </div>
                <Summary text={item.summary} />
              </td>
              <td className={styles.end}>
                {item.kind !== "extension" && <Meta>{t.sym.parts[item.kind](item.parts)}</Meta>}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Panel>
  );
}

function Summary({ text }: { text: string | null }) {
  const plain = summaryOf(text);
  return plain ? (
    <div className={styles.summary}>
      <Prose text={plain} />
    </div>
  ) : null;
}
