// SPDX-License-Identifier: Apache-2.0
import type { ApiParty } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Panel, PanelNote } from "@/ui/Panel";
import { Meta, TextLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { texts } from "./messages";

interface Party {
  service: string;
  team: string | null;
  /** Empty = the gRPC service as a whole. */
  methods: string[];
}

/** One line for each microservice, whatever number of methods its spec names. */
export function byService(parties: readonly ApiParty[]): Party[] {
  const found = new Map<string, Party>();
  for (const { service, team, method } of parties) {
    const party = found.get(service) ?? { service, team, methods: [] };
    found.set(service, party);
    if (method !== null && !party.methods.includes(method)) {
      party.methods.push(method);
    }
  }
  return [...found.values()];
}

export function TeamName({ team }: { team: string | null }) {
  const { t } = useI18n(texts);
  return team ? (
    <TextLink to="/teams/$team" params={{ team }} className={styles.team ?? ""}>
      {team}
    </TextLink>
  ) : (
    <Meta>{t.sym.noTeam}</Meta>
  );
}

function PartyList({ parties, brief }: { parties: readonly ApiParty[]; brief?: boolean }) {
  const { t, f } = useI18n(texts);
  return (
    <ul className={styles.parties}>
      {byService(parties).map(({ service, team, methods }) => (
        <li key={service}>
          <TextLink to="/services/$id" params={{ id: service }}>
            {service}
          </TextLink>
          <TeamName team={team} />
          {!brief && <Meta>{methods.length > 0 ? f.list(methods) : t.sym.wholeService}</Meta>}
        </li>
      ))}
    </ul>
  );
}

/** Who provides and who calls, by the specs; nobody known is not nobody. */
export function Parties({
  providers,
  consumers,
  brief = false,
}: {
  providers: readonly ApiParty[];
  consumers: readonly ApiParty[];
  /** Of one method: it needs no naming. */
  brief?: boolean;
}) {
  const { t } = useI18n(texts);
  return (
    <div className={styles.pair}>
      <Panel title={t.sym.providers} aside={t.sym.bySpecs}>
        {providers.length > 0 ? (
          <PartyList parties={providers} brief />
        ) : (
          <PanelNote>{t.sym.noProviders}</PanelNote>
        )}
      </Panel>
      <Panel title={t.sym.consumers} aside={t.sym.bySpecs}>
        {consumers.length > 0 ? (
          <PartyList parties={consumers} brief={brief} />
        ) : (
          <PanelNote>{t.sym.noConsumers}</PanelNote>
        )}
      </Panel>
    </div>
  );
}
