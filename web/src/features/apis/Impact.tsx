// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import type { ApiImpact } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { DownIcon, RightIcon } from "@/ui/icons";
import { Panel, PanelNote } from "@/ui/Panel";
import { Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { SymbolLink } from "./Links";
import { texts } from "./messages";
import { TeamName } from "./Parties";

/** As many as leave in sight what comes below them; callers come first. */
const FEW = 5;

/** Every microservice that something breaks for, by the specs. */
export function Hit({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n(texts);
  // One that calls and provides has a row for each.
  const services = new Set(impact.map((each) => each.service)).size;
  return (
    <Panel
      title={t.cmp.impact}
      aside={
        <>
          {services > 0 && <CountBadge count={services} />}
          {t.sym.bySpecs}
        </>
      }
    >
      {impact.length === 0 ? (
        <PanelNote>{t.cmp.noImpact}</PanelNote>
      ) : (
        <ImpactList impact={impact} />
      )}
    </Panel>
  );
}

/** The first few, and a button that opens the others. */
export function ImpactList({ impact }: { impact: readonly ApiImpact[] }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const rest = useId();
  return (
    <>
      <Services impact={impact.slice(0, FEW)} />
      {impact.length > FEW && (
        <>
          {/* In front of what it opens, so that the keyboard comes to it next. */}
          <Button
            small
            look="quiet"
            icon={open ? DownIcon : RightIcon}
            aria-expanded={open}
            aria-controls={rest}
            onClick={() => setOpen(!open)}
          >
            {t.common.more(impact.length - FEW)}
          </Button>
          <div id={rest} hidden={!open}>
            {open && <Services impact={impact.slice(FEW)} />}
          </div>
        </>
      )}
    </>
  );
}

function Services({ impact }: { impact: readonly ApiImpact[] }) {
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
