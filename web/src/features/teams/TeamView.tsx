// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { TeamContact, TeamPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { AsOfBanner, AsOfPicker } from "@/ui/AsOf";
import { buttonClass } from "@/ui/Button";
import { Copyable } from "@/ui/Code";
import { Icon } from "@/ui/Icon";
import { FeedIcon, UserIcon } from "@/ui/icons";
import { Columns, FlowPage, PageHead } from "@/ui/Page";
import { Panel, PanelNote } from "@/ui/Panel";
import { Bone, Skeleton, StaleNote } from "@/ui/State";
import { Inline, MailLink, Meta, TextLink } from "@/ui/Text";
import { lifecycleText } from "./columns";
import { texts } from "./messages";
import { contactsByKind } from "./model";
import { TeamServices } from "./TeamServices";
import styles from "./Teams.module.css";
import { TeamTodos } from "./TeamTodos";

export interface TeamViewProps {
  page: TeamPage;
  at: string | undefined;
  onAt: (at: string | undefined) => void;
  /** Set when the last refresh failed: when what is shown was read. */
  failedSince: number | undefined;
  onRetry: () => void;
}

/** What a team owns, who is in it and how to reach it. */
export function TeamView({ page, at, onAt, failedSince, onRetry }: TeamViewProps) {
  const { t, f } = useI18n(texts);
  const { team, contacts, members, services } = page;
  return (
    <FlowPage>
      <PageHead
        title={team.name}
        aside={[f.list(team.corporations), lifecycleText(team, t, f)].filter(Boolean).join(" · ")}
        actions={
          <>
            <a
              className={buttonClass("quiet")}
              href={`/api/v1/teams/${encodeURIComponent(team.name)}/activity.atom`}
            >
              <Icon of={FeedIcon} />
              {t.common.feed}
            </a>
            <AsOfPicker at={at} onChange={onAt} />
          </>
        }
      />
      {at && <AsOfBanner at={at} onChange={onAt} />}
      {failedSince !== undefined && <StaleNote since={failedSince} onRetry={onRetry} />}
      <Columns
        side={
          <>
            {!at && <TeamTodos team={team.name} />}
            <Contacts contacts={contacts} />
            <People members={members} />
          </>
        }
      >
        <Panel
          title={t.teams.services}
          flush={services.length > 0}
          aside={
            <>
              {t.services.count(team.services)}
              <TextLink to="/services" search={{ team: team.name, at }}>
                {t.teams.openList}
              </TextLink>
            </>
          }
        >
          {services.length > 0 ? (
            <TeamServices services={services} at={at} />
          ) : (
            <PanelNote>{t.teams.noServices}</PanelNote>
          )}
        </Panel>
      </Columns>
    </FlowPage>
  );
}

function Contacts({ contacts }: { contacts: readonly TeamContact[] }) {
  const { t } = useI18n(texts);
  return (
    <Panel title={t.teams.contacts}>
      {contacts.length === 0 ? (
        <PanelNote>{t.teams.noContacts}</PanelNote>
      ) : (
        <div className={styles.contacts}>
          {contactsByKind(contacts).map((group) => (
            <div key={group.kind}>
              <h3>{t.contact[group.kind]}</h3>
              <ul className={styles.list}>
                {group.contacts.map((contact) => (
                  <li key={contact.value} className={styles.contact}>
                    <Way of={contact} />
                    <Meta>{t.teams.namedBy(contact.services)}</Meta>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}

function Way({ of: { kind, value } }: { of: TeamContact }): ReactNode {
  return kind === "email" ? <MailLink address={value} /> : <Copyable text={value} />;
}

function People({ members }: { members: TeamPage["members"] }) {
  const { t } = useI18n(texts);
  return (
    <Panel title={t.teams.people}>
      {members.length === 0 ? (
        <PanelNote>{t.teams.noPeople}</PanelNote>
      ) : (
        <ul className={styles.list}>
          {members.map(({ name, displayName }) => (
            <li key={name}>
              <Inline>
                <Icon of={UserIcon} size={14} />
                {displayName || name}
                {displayName && displayName !== name && <Meta>{name}</Meta>}
              </Inline>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The page in its final shape, before there is anything to put in it. */
export function TeamSkeleton({ name }: { name: string }) {
  const { t } = useI18n(texts);
  const lines = (count: number) => (
    <div className={styles.bones}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Bone key={i} width={`${[62, 48, 70, 40][i % 4]}%`} />
      ))}
    </div>
  );
  return (
    <FlowPage>
      <PageHead title={name} aside={<Bone width={180} />} />
      <Skeleton>
        <Columns
          side={
            <>
              <Panel title={t.nav.todo}>{lines(2)}</Panel>
              <Panel title={t.teams.contacts}>{lines(4)}</Panel>
              <Panel title={t.teams.people}>{lines(3)}</Panel>
            </>
          }
        >
          <Panel title={t.teams.services}>{lines(12)}</Panel>
        </Columns>
      </Skeleton>
    </FlowPage>
  );
}
