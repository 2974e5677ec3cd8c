// SPDX-License-Identifier: Apache-2.0
import type { Service, ServicePage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Copyable } from "@/ui/Code";
import { Commit, Principal } from "@/ui/Origin";
import { type Entry, KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Age, ExternalLink, MailLink, Meta, TextLink } from "@/ui/Text";
import { Timeline } from "@/ui/Timeline";
import { EventItem } from "./EventItem";
import { texts } from "./messages";
import styles from "./Service.module.css";

const RECENT = 6;

/** Whom to ask, where to look, how fresh this is, what happened last. */
export function Side({ page }: { page: ServicePage }) {
  return (
    <>
      <Contacts service={page.service} />
      <Links service={page.service} />
      <Origin page={page} />
      <Recent service={page.service} />
    </>
  );
}

function Contacts({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  const { email, slackGeneral, slackAlert } = service.contact;
  const entries: Entry[] = [];
  if (slackGeneral) {
    entries.push({
      key: "general",
      label: t.contact.slackGeneral,
      value: <Copyable text={slackGeneral} />,
    });
  }
  if (slackAlert) {
    entries.push({
      key: "alert",
      label: t.contact.slackAlert,
      value: <Copyable text={slackAlert} />,
    });
  }
  if (email) {
    entries.push({
      key: "email",
      label: t.contact.email,
      value: <MailLink address={email} />,
    });
  }
  return (
    <Panel title={t.service.contact}>
      {entries.length > 0 ? (
        <KeyValue entries={entries} />
      ) : (
        <PanelNote>{t.service.noContact}</PanelNote>
      )}
    </Panel>
  );
}

function Links({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  return (
    <Panel title={t.service.links}>
      {service.links.length === 0 ? (
        <PanelNote>{t.service.noLinks}</PanelNote>
      ) : (
        <ul className={styles.list}>
          {service.links.map((link) => (
            <li key={`${link.title} ${link.url}`}>
              <ExternalLink href={link.url}>{link.title}</ExternalLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Which publish this is, and how long ago it was last confirmed. */
function Origin({ page }: { page: ServicePage }) {
  const { t } = useI18n(texts);
  const { service, freshness } = page;
  const { version } = service;
  return (
    <Panel
      title={t.origin.source}
      aside={
        <span title={t.service.lastSeenHint}>
          {t.service.lastSeen} <Age at={freshness.lastSeenAt} />
        </span>
      }
    >
      <KeyValue
        entries={[
          { key: "source", label: t.origin.publisher, value: freshness.source },
          {
            key: "version",
            label: t.service.version,
            value: (
              <TextLink to="/services/$id/spec" params={{ id: service.id }}>
                {t.service.versionOf(version.number, service.versions)}
              </TextLink>
            ),
          },
          {
            key: "published",
            label: t.service.publishedAt,
            value: <Age at={service.publishedAt} />,
          },
          {
            key: "commit",
            label: t.origin.commit,
            value: version.commit && <Commit version={version} />,
          },
          {
            key: "by",
            label: t.origin.principal,
            value: <Principal subject={version.principal} />,
          },
        ]}
      />
    </Panel>
  );
}

function Recent({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  return (
    <Panel
      title={t.service.recent}
      aside={
        <TextLink to="/services/$id/activity" params={{ id: service.id }}>
          {t.service.allActivity}
        </TextLink>
      }
    >
      {service.activity.length === 0 ? (
        <Meta>{t.activity.empty}</Meta>
      ) : (
        <Timeline label={t.service.recent}>
          {service.activity.slice(0, RECENT).map((event) => (
            <EventItem key={event.id} event={event} brief />
          ))}
        </Timeline>
      )}
    </Panel>
  );
}
