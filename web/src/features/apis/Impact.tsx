// SPDX-License-Identifier: Apache-2.0
import type { ApiImpact } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Panel, PanelNote } from "@/ui/Panel";
import { Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { SymbolLink } from "./Links";
import { More, useSome } from "./More";
import { texts } from "./messages";
import { TeamName } from "./Parties";

const MOST = 20;

/** Every microservice that something breaks for, by the specs. */
export function Hit({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n(texts);
  const some = useSome(impact, MOST);
  return (
    <Panel title={t.cmp.impact} aside={t.sym.bySpecs}>
      {impact.length === 0 ? (
        <PanelNote>{t.cmp.noImpact}</PanelNote>
      ) : (
        <>
          <ImpactList impact={some.shown} />
          <More {...some} />
        </>
      )}
    </Panel>
  );
}

export function ImpactList({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n(texts);
  return (
    <ul className={styles.parties}>
      {impact.map(({ service, team, role, rpcs }) => (
        <li key={`${service} ${role}`}>
          <TextLink to="/services/$id" params={{ id: service }}>
            {service}
          </TextLink>
          <TeamName team={team} />
          <Meta>{t.cmp.role[role]}</Meta>
          {rpcs.map((rpc) => (
            <SymbolLink key={rpc} name={rpc} />
          ))}
        </li>
      ))}
    </ul>
  );
}
