// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Service, ServicePage, ServiceRef } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip, TagGroup, tagClass } from "@/ui/Chip";
import { CodeBlock, Copyable } from "@/ui/Code";
import { PlainTable } from "@/ui/DataTable";
import { Columns } from "@/ui/Page";
import { type Entry, KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Age, ExternalLink, Mono, Prose, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import { Side } from "./OverviewSide";
import styles from "./Service.module.css";

type At = string | undefined;

/** What the spec says about a service, and who depends on whom. */
export function Overview({ page, at }: { page: ServicePage; at: At }) {
  const { service } = page;
  return (
    <Columns side={<Side page={page} />}>
      <About service={service} at={at} />
      <Dependencies service={service} at={at} />
      <Apis service={service} />
      <Deployments service={service} />
      <Extra service={service} />
    </Columns>
  );
}

function About({ service, at }: { service: Service; at: At }) {
  const { t } = useI18n(texts);
  const { description, team, repository, tags, previousServiceIDs: previous } = service;
  const entries: Entry[] = [
    {
      key: "id",
      label: t.service.id,
      value: <Copyable text={service.id} />,
    },
    {
      key: "team",
      label: t.service.team,
      value: team && (
        <TextLink to="/teams/$team" params={{ team }} search={{ at }}>
          {team}
        </TextLink>
      ),
    },
    { key: "corporation", label: t.service.corporation, value: service.corporation },
    { key: "tier", label: t.service.tier, value: service.tier },
    { key: "tags", label: t.service.tags, value: tags.length > 0 && <Tags tags={tags} at={at} /> },
    {
      key: "repository",
      label: t.service.repository,
      value: repository && <ExternalLink href={repository}>{bareUrl(repository)}</ExternalLink>,
    },
    { key: "created", label: t.service.created, value: <Age at={service.createdAt} /> },
  ];
  if (previous.length > 0) {
    entries.push({ key: "previous", label: t.service.previous, value: previous.join(", ") });
  }
  return (
    <Panel title={t.service.about}>
      {description && (
        <p className={styles.description}>
          <Prose text={description} />
        </p>
      )}
      <KeyValue entries={entries.map((e) => ({ ...e, value: e.value || null }))} />
    </Panel>
  );
}

const bareUrl = (url: string) => url.replace(/^https?:\/\//, "").replace(/\/$/, "");

function Tags({ tags, at }: { tags: readonly string[]; at: At }) {
  return (
    <TagGroup>
      {tags.map((tag) => (
        <Link key={tag} to="/services" search={{ tag: [tag], at }} className={tagClass}>
          {tag}
        </Link>
      ))}
    </TagGroup>
  );
}

function Dependencies({ service, at }: { service: Service; at: At }) {
  const { t } = useI18n(texts);
  const { dependsOn, dependents } = service;
  return (
    <Panel
      title={t.service.dependencies}
      aside={
        <TextLink to="/dependencies" search={{ center: service.id, hops: 2 }}>
          {t.service.graph}
        </TextLink>
      }
    >
      {dependsOn.length + dependents.length === 0 ? (
        <PanelNote>{t.service.noDependencies}</PanelNote>
      ) : (
        <div className={styles.columns}>
          <Named name={t.service.dependsOn} empty={dependsOn.length === 0}>
            {dependsOn.map((ref) => (
              <Neighbour key={ref.id} of={ref} at={at} />
            ))}
          </Named>
          <Named name={t.service.dependents} empty={dependents.length === 0}>
            {dependents.map((ref) => (
              <Neighbour key={ref.id} of={ref} at={at} />
            ))}
          </Named>
        </div>
      )}
    </Panel>
  );
}

/** A service that the catalogue does not know is named, but leads nowhere. */
function Neighbour({ of, at }: { of: ServiceRef; at: At }) {
  const { t } = useI18n(texts);
  return (
    <li>
      {of.known ? (
        <TextLink to="/services/$id" params={{ id: of.id }} search={{ at }} preload="intent">
          {of.id}
        </TextLink>
      ) : (
        <>
          {of.id} <span className={styles.unknown}>({t.service.notInCatalogue})</span>
        </>
      )}
    </li>
  );
}

function Named({ name, empty, children }: { name: string; empty: boolean; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <div>
      <h3>{name}</h3>
      {empty ? <PanelNote>{t.common.none}</PanelNote> : <ul className={styles.list}>{children}</ul>}
    </div>
  );
}

function Apis({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  const { provides, consumes } = service.grpc;
  const names = (list: readonly string[]) =>
    list.map((name) => (
      <li key={name}>
        <Mono>{name}</Mono>
      </li>
    ));
  return (
    <Panel
      title={t.service.apis}
      aside={
        provides.length + consumes.length > 0 && (
          <TextLink to="/services/$id/grpc" params={{ id: service.id }}>
            {t.service.whoCalls}
          </TextLink>
        )
      }
    >
      {provides.length + consumes.length === 0 ? (
        <PanelNote>{t.service.noApis}</PanelNote>
      ) : (
        <div className={styles.columns}>
          <Named name={t.service.provides} empty={provides.length === 0}>
            {names(provides)}
          </Named>
          <Named name={t.service.consumes} empty={consumes.length === 0}>
            {names(consumes)}
          </Named>
        </div>
      )}
    </Panel>
  );
}

function Deployments({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  const places = service.kubernetes;
  return (
    <Panel title={t.service.deployments} flush={places.length > 0}>
      {places.length === 0 ? (
        <PanelNote>{t.service.noDeployments}</PanelNote>
      ) : (
        <PlainTable label={t.service.deployments}>
          <thead>
            <tr>
              <th scope="col">{t.service.environment}</th>
              <th scope="col">{t.service.cluster}</th>
              <th scope="col">{t.service.namespace}</th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={`${place.environment} ${place.cluster} ${place.namespace}`}>
                <td>{t.service.env[place.environment] ?? place.environment}</td>
                <td>
                  <Mono>{place.cluster}</Mono>
                </td>
                <td>
                  <Mono>{place.namespace}</Mono>
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Panel>
  );
}

function Extra({ service }: { service: Service }) {
  const { t } = useI18n(texts);
  if (Object.keys(service.extra).length === 0) {
    return null;
  }
  return (
    <Panel
      title={t.service.extra}
      aside={<Chip title={t.service.extraHint}>{t.service.unknownKey}</Chip>}
      flush
    >
      <CodeBlock
        bare
        numbers={false}
        label={t.service.extra}
        text={JSON.stringify(service.extra, null, 2)}
      />
    </Panel>
  );
}
