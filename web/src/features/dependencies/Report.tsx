// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { describe } from "@/api/describe";
import type { DependencyReport } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { Icon } from "@/ui/Icon";
import { CheckIcon, RetryIcon, WarnIcon } from "@/ui/icons";
import { Panel, PanelNote } from "@/ui/Panel";
import { Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { Inline, TextLink } from "@/ui/Text";
import { reportQuery } from "./api";
import styles from "./Dependencies.module.css";
import { texts } from "./messages";
import { nameOf } from "./model";

const SHOWN = 10;

/** What is wrong with the whole: cycles, orphans, and what is not there. */
export function Report() {
  const { t } = useI18n(texts);
  const query = useQuery(reportQuery);
  if (query.data) {
    return <Findings report={query.data} />;
  }
  return (
    <Panel title={t.dependencies.report}>
      {query.error ? (
        <ErrorPanel failure={describe(query.error, t)} onRetry={() => query.refetch()} />
      ) : (
        <Skeleton>
          <Bone width="60%" />
        </Skeleton>
      )}
    </Panel>
  );
}

function Findings({ report }: { report: DependencyReport }) {
  const { t } = useI18n(texts);
  const d = t.dependencies;
  const unknown = report.unknown.length + report.unknownLeftOut;
  return (
    <div className={styles.report}>
      <Panel title={d.cycles} aside={<CountBadge count={report.cycles.length} />}>
        {report.cycles.length === 0 ? (
          <Good>{d.noCycles}</Good>
        ) : (
          <Some of={report.cycles}>
            {(cycle) => (
              <div key={cycle[0]} className={styles.finding}>
                <h3>
                  <Icon of={RetryIcon} size={14} />
                  {cycle.length === 1 ? d.selfCycle : d.cycle(cycle.length)}
                </h3>
                <Names ids={cycle} />
              </div>
            )}
          </Some>
        )}
      </Panel>
      <Panel title={d.unknowns} aside={<CountBadge count={unknown} />}>
        {unknown === 0 ? (
          <Good>{d.noUnknowns}</Good>
        ) : (
          <Some of={report.unknown}>
            {(each) => (
              <div key={each.id} className={styles.finding}>
                <h3>
                  <Icon of={WarnIcon} size={14} />
                  <span>{nameOf(each.id)}</span>
                </h3>
                <p className={styles.soft}>
                  {d.namedBy(
                    each.namedBy.slice(0, 3).join(", "),
                    each.namedByCount - Math.min(3, each.namedBy.length),
                  )}
                </p>
              </div>
            )}
          </Some>
        )}
        {report.unknownLeftOut > 0 && (
          <PanelNote>{d.unknownsLeftOut(report.unknownLeftOut)}</PanelNote>
        )}
      </Panel>
      <Panel title={d.orphans} aside={<CountBadge count={report.orphans.length} />}>
        {report.orphans.length === 0 ? (
          <Good>{d.noOrphans}</Good>
        ) : (
          <div className={styles.finding}>
            <p className={styles.soft}>{d.orphansHint}</p>
            <Names ids={report.orphans} />
          </div>
        )}
      </Panel>
    </div>
  );
}

function Good({ children }: { children: ReactNode }) {
  return (
    <Inline>
      <Icon of={CheckIcon} size={14} />
      {children}
    </Inline>
  );
}

/** The first ones, and all of them when asked for. */
function Some<T>({ of, children }: { of: readonly T[]; children: (each: T) => ReactNode }) {
  const { t } = useI18n(texts);
  const [all, setAll] = useState(false);
  return (
    <div className={styles.finding}>
      {(all ? of : of.slice(0, SHOWN)).map(children)}
      {!all && of.length > SHOWN && (
        <Button small onClick={() => setAll(true)}>
          {t.dependencies.showAll(of.length)}
        </Button>
      )}
    </div>
  );
}

function Names({ ids }: { ids: readonly string[] }) {
  const { t } = useI18n(texts);
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className={styles.names}>
        {(all ? ids : ids.slice(0, SHOWN)).map((id) => (
          <li key={id}>
            <TextLink to="/dependencies" search={{ center: id }}>
              {id}
            </TextLink>
          </li>
        ))}
      </ul>
      {!all && ids.length > SHOWN && (
        <Button small onClick={() => setAll(true)}>
          {t.dependencies.showAll(ids.length)}
        </Button>
      )}
    </>
  );
}
