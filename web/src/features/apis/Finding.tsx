// SPDX-License-Identifier: Apache-2.0
import type { ApiFinding } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip, Tag } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { Mono } from "@/ui/Text";
import styles from "./Apis.module.css";
import diff from "./Diff.module.css";
import { ImpactList } from "./DiffView";
import { FileLink, SymbolLink } from "./Links";
import { texts } from "./messages";

interface FindingProps {
  finding: ApiFinding;
  from: number;
  to: number;
}

/** One thing that breaks: what, by which rule, for whom, and what to do instead. */
export function Finding({ finding, from, to }: FindingProps) {
  const { t, f } = useI18n(texts);
  const { rule, categories, path, line, fullName, detail, peers, fix, impact } = finding;
  const gone = finding.after === null;
  return (
    <article className={diff.finding}>
      <div className={styles.badges}>
        <Chip tone="bad">{t.cmp.breakingWord}</Chip>
        <Mono>{rule}</Mono>
        {categories.map((each) => (
          <Tag key={each}>{each}</Tag>
        ))}
      </div>
      <p className={diff.detail}>{detail}</p>
      <div className={styles.where}>
        {fullName && <SymbolLink name={fullName} revision={gone ? from : to} />}
        <FileLink path={path} line={line} />
      </div>
      <Sides before={finding.before} after={finding.after} />
      <dl className={diff.facts}>
        {peers.length > 0 && (
          <div>
            <dt>{t.cmp.breaks}</dt>
            <dd>{f.list(peers.map((peer) => t.cmp.peer[peer] ?? peer))}</dd>
          </div>
        )}
        {fix && (
          <div>
            <dt>{t.cmp.fix}</dt>
            <dd>{fix}</dd>
          </div>
        )}
        {impact.length > 0 && (
          <div>
            <dt>{t.cmp.hits}</dt>
            <dd>
              <ImpactList impact={impact} />
            </dd>
          </div>
        )}
      </dl>
    </article>
  );
}

/** Beside each other where there is room. */
export function Sides({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useI18n(texts);
  if (!before && !after) {
    return null;
  }
  const side = (label: string, text: string | null, tone: string | undefined) => (
    <div className={cx(diff.side, text ? tone : undefined)}>
      <span className={diff.sideLabel}>{label}</span>
      {!text ? <span className={styles.note}>{t.cmp.nothing}</span> : <code>{text}</code>}
    </div>
  );
  return (
    <div className={diff.sides}>
      {side(t.cmp.before, before, diff.before)}
      {side(t.cmp.after, after, diff.after)}
    </div>
  );
}
