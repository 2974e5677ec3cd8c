// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useId, useRef } from "react";
import type { ApiFinding } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Tag } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { HeldIcon } from "@/ui/icons";
import { Principal } from "@/ui/Origin";
import { Mono, Prose } from "@/ui/Text";
import styles from "./Apis.module.css";
import diff from "./Diff.module.css";
import { ImpactList } from "./Impact";
import { FileLink, SymbolLink } from "./Links";
import { texts } from "./messages";
import { VerdictChip } from "./Verdict";

/** Lets a finding pass; `at` is where it stands, and the keyboard goes on. */
export type OnWaive = (finding: ApiFinding, at: HTMLElement) => void;

interface FindingProps {
  finding: ApiFinding;
  from: number;
  to: number;
  /** Undefined = not for this reader. */
  onWaive: OnWaive | undefined;
}

/** One thing that breaks: what, by which rule, for whom, and what to do instead. */
export function Finding({ finding, from, to, onWaive }: FindingProps) {
  const { t } = useI18n(texts);
  const { rule, categories, path, line, fullName, verdict } = finding;
  const gone = finding.after === null;
  const id = useId();
  const article = useRef<HTMLElement>(null);
  const waive = () => onWaive && article.current && onWaive(finding, article.current);
  return (
    <article
      ref={article}
      className={cx(diff.finding, diff[verdict])}
      aria-labelledby={`${id}-verdict ${id}`}
      tabIndex={-1}
    >
      <div className={styles.badges}>
        <span id={`${id}-verdict`} className={diff.verdict}>
          <VerdictChip of={finding} />
        </span>
        <Mono>{rule}</Mono>
        {categories.map((each) => (
          <Tag key={each}>{each}</Tag>
        ))}
        {onWaive && verdict === "breaking" && (
          <span className={diff.waive}>
            <Button small icon={HeldIcon} onClick={waive}>
              {t.waive.button}
            </Button>
          </span>
        )}
      </div>
      <Sentence id={id} finding={finding} />
      <div className={styles.where}>
        {fullName && <SymbolLink name={fullName} revision={gone ? from : to} />}
        <FileLink path={path} line={line} />
      </div>
      <Sides before={finding.before} after={finding.after} />
      <Facts finding={finding} />
    </article>
  );
}

/** The server's sentence is English; other readers get what the rule means in front of it. */
function Sentence({ id, finding: { rule, detail } }: { id: string; finding: ApiFinding }) {
  const { t, language } = useI18n(texts);
  const titles: Record<string, string> = t.rules;
  const title = language === "en" ? undefined : titles[rule];
  return (
    <div id={id} className={diff.sentence}>
      {title && <p className={diff.detail}>{title}</p>}
      <p className={title ? diff.original : diff.detail}>
        <Prose text={detail} />
      </p>
    </div>
  );
}

function Facts({ finding }: { finding: ApiFinding }) {
  const { t, f } = useI18n(texts);
  const { rule, peers, fix, impact, waiver } = finding;
  return (
    <dl className={diff.facts}>
      {waiver && (
        <Fact label={t.cmp.reason}>
          <Prose text={waiver.reason} /> — <Principal subject={waiver.grantedBy} />
        </Fact>
      )}
      {peers.length > 0 && (
        <Fact label={t.cmp.breaks}>{f.list(peers.map((peer) => t.cmp.peer[peer] ?? peer))}</Fact>
      )}
      {fix && (
        <Fact label={t.cmp.fix}>
          <Prose text={t.cmp.fixes.get(rule) ?? fix} />
        </Fact>
      )}
      {impact.length > 0 && (
        <Fact label={t.cmp.hits}>
          <ImpactList impact={impact} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
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
