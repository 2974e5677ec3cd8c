// SPDX-License-Identifier: Apache-2.0
import type { ApiDiff } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Panel";
import { Meta } from "@/ui/Text";
import styles from "./Apis.module.css";
import { Changes } from "./Changes";
import type { ShownPackage } from "./diff";
import { Finding, type OnWaive } from "./Finding";
import { More, useSome } from "./More";
import { texts } from "./messages";
import { VerdictCounts } from "./Verdict";

const FINDINGS = 20;

/** How asking for all of one package went. */
export interface Rest {
  busy: boolean;
  failed: boolean;
  done: boolean;
}

interface PackageProps {
  shown: ShownPackage;
  diff: ApiDiff;
  /** Undefined = it was not asked for. */
  rest: Rest | undefined;
  onRest: () => void;
  onWaive: OnWaive | undefined;
}

/** What changed in one package: what breaks first. */
export function DiffPackage({ shown, diff, rest, onRest, onWaive }: PackageProps) {
  const { t } = useI18n(texts);
  const { counts, findings, changes } = shown;
  const name = shown.name || t.apis.unnamed;
  const some = useSome(findings, FINDINGS);
  const from = diff.from.number;
  const to = diff.to.number;
  const changed = counts.added + counts.removed + counts.changed;
  return (
    <Panel
      title={name}
      flush
      aside={
        <>
          <VerdictCounts counts={counts} />
          {changed > 0 && t.cmp.changes(changed)}
        </>
      }
    >
      {some.shown.map((finding, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may find one place twice
        <Finding key={i} finding={finding} from={from} to={to} onWaive={onWaive} />
      ))}
      <More {...some} />
      {changes.length > 0 && (
        <Changes label={t.cmp.changesLabel(name)} changes={changes} from={from} to={to} />
      )}
      <LeftOut shown={shown} rest={rest} onRest={onRest} />
    </Panel>
  );
}

function LeftOut({ shown, rest, onRest }: Pick<PackageProps, "shown" | "rest" | "onRest">) {
  const { t } = useI18n(texts);
  const { findingsLeftOut, changesLeftOut } = shown;
  if (findingsLeftOut + changesLeftOut === 0) {
    return null;
  }
  return (
    <div className={styles.more}>
      {!rest?.done && (
        <Button onClick={onRest} disabled={rest?.busy ?? false}>
          {t.cmp.loadRest}
        </Button>
      )}
      <span role={rest?.failed ? "alert" : undefined}>
        <Meta>
          {rest?.failed ? t.cmp.restFailed : t.cmp.leftOut(findingsLeftOut, changesLeftOut)}
        </Meta>
      </span>
    </div>
  );
}
