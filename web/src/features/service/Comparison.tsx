// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type { Change, Version } from "@/api/generated";
import { useI18n } from "@/i18n";
import { diffText, type Piece, worthMarking } from "@/lib/diff";
import { PlainTable } from "@/ui/DataTable";
import { FilterSelect } from "@/ui/Field";
import { Icon, type IconType } from "@/ui/Icon";
import { EditIcon, MinusIcon, PlusIcon } from "@/ui/icons";
import { Bone, EmptyState, ErrorPanel, Skeleton } from "@/ui/State";
import { Meta } from "@/ui/Text";
import { diffQuery } from "./api";
import { texts } from "./messages";
import { valueText, versionBefore } from "./model";
import styles from "./Service.module.css";

interface ComparisonProps {
  id: string;
  version: Version;
  versions: readonly Version[];
  from: number | undefined;
  onFrom: (from: number | undefined) => void;
  /** What the version itself changed: no further request is needed for that. */
  own: ReactNode;
}

/** What is different from an earlier version, field by field. */
export function Comparison({ id, version, versions, from, onFrom, own }: ComparisonProps) {
  const { t } = useI18n(texts);
  const before = versionBefore(version.number, versions);
  const chosen = from ?? before;
  const numbers = [...new Set([...versions.map((each) => each.number), before, chosen])]
    .filter((each) => each > 0 && each !== version.number)
    .sort((a, b) => b - a);
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.pick}>
          {t.spec.from}
          <FilterSelect
            label={t.spec.from}
            value={String(chosen)}
            options={[
              ...numbers.map((each) => ({ value: String(each), label: t.spec.number(each) })),
              { value: "0", label: t.spec.nothing },
            ]}
            onChange={(value) => onFrom(Number(value) === before ? undefined : Number(value))}
          />
          {t.spec.to} {t.spec.number(version.number)}
        </span>
      </div>
      {chosen === before && before > 0 ? (
        own
      ) : (
        <Between id={id} from={chosen} to={version.number} />
      )}
    </>
  );
}

function Between({ id, from, to }: { id: string; from: number; to: number }) {
  const { t } = useI18n(texts);
  const diff = useQuery({ ...diffQuery(id, from, to), enabled: from !== to });
  if (from === to) {
    return <EmptyState title={t.spec.same} />;
  }
  if (diff.data) {
    return <Changes changes={diff.data.changes} />;
  }
  if (diff.error) {
    return <ErrorPanel failure={describe(diff.error, t)} onRetry={() => diff.refetch()} />;
  }
  return (
    <Skeleton>
      <div className={styles.pad}>
        <Bone width="50%" />
      </div>
    </Skeleton>
  );
}

const LOOK: Record<Change["kind"], [IconType, string | undefined]> = {
  added: [PlusIcon, styles.added],
  removed: [MinusIcon, styles.removed],
  changed: [EditIcon, styles.changed],
};

export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useI18n(texts);
  const count = (kind: Change["kind"]) => changes.filter((each) => each.kind === kind).length;
  if (changes.length === 0) {
    return <EmptyState title={t.spec.noChanges} />;
  }
  return (
    <>
      <p className={styles.bar}>
        <Meta>{t.spec.summary(count("added"), count("removed"), count("changed"))}</Meta>
      </p>
      <PlainTable label={t.spec.changes}>
        <thead>
          <tr>
            <th scope="col">{t.spec.changes}</th>
            <th scope="col">{t.spec.path}</th>
            <th scope="col">{t.spec.before}</th>
            <th scope="col">{t.spec.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <ChangeRow key={change.path} change={change} />
          ))}
        </tbody>
      </PlainTable>
    </>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const { t } = useI18n(texts);
  const [icon, tone] = LOOK[change.kind];
  const words = { added: t.spec.added, removed: t.spec.removed, changed: t.spec.edited };
  const before = valueText(change.before);
  const after = valueText(change.after);
  const pieces = before !== undefined && after !== undefined ? diffText(before, after) : undefined;
  const marked = pieces && worthMarking(pieces) ? pieces : undefined;
  return (
    <tr>
      <td className={`${styles.kind} ${tone}`}>
        <Icon of={icon} size={14} />
        {words[change.kind]}
      </td>
      <td className={styles.value}>{change.path}</td>
      <td className={styles.value}>
        <Value absent={change.kind === "added"} text={before} pieces={marked} leave="added" />
      </td>
      <td className={styles.value}>
        <Value absent={change.kind === "removed"} text={after} pieces={marked} leave="removed" />
      </td>
    </tr>
  );
}

function Value({
  absent,
  text,
  pieces,
  leave,
}: {
  absent: boolean;
  text: string | undefined;
  pieces: readonly Piece[] | undefined;
  /** The kind that the other side shows. */
  leave: Piece["kind"];
}) {
  const { t } = useI18n(texts);
  if (absent || text === undefined) {
    return <span className={styles.unknown}>{absent ? "–" : t.spec.emptyValue}</span>;
  }
  if (!pieces) {
    return text;
  }
  return pieces
    .filter((piece) => piece.kind !== leave)
    .map((piece, i) => {
      const Mark = { same: "span", removed: "del", added: "ins" }[piece.kind] as "ins";
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text
      return <Mark key={i}>{piece.text}</Mark>;
    });
}
