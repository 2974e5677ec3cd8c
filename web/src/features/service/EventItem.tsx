// SPDX-License-Identifier: Apache-2.0
import { Fragment } from "react";
import type { Event } from "@/api/generated";
import { useI18n } from "@/i18n";
import type { Tone } from "@/ui/Chip";
import type { IconType } from "@/ui/Icon";
import {
  ApiIcon,
  CheckIcon,
  CloseIcon,
  DeleteIcon,
  EditIcon,
  ExemptIcon,
  HeldIcon,
  InfoIcon,
  OpenIcon,
  PausedIcon,
  PlusIcon,
  RestoreIcon,
  RetiredIcon,
  ShowIcon,
  SlackIcon,
  WarnIcon,
} from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { TextLink } from "@/ui/Text";
import { TimelineItem } from "@/ui/Timeline";
import { texts } from "./messages";

export const LOOK: Record<Event["type"], [Tone, IconType]> = {
  "service.created": ["ok", PlusIcon],
  "service.updated": ["none", EditIcon],
  "service.tombstoned": ["bad", DeleteIcon],
  "service.restored": ["ok", RestoreIcon],
  "publish.failed": ["warn", WarnIcon],
  "publish.resolved": ["ok", CheckIcon],
  "publish.held": ["warn", HeldIcon],
  "publish.approved": ["none", CheckIcon],
  "publish.rejected": ["none", CloseIcon],
  "api.updated": ["none", ApiIcon],
  "api.breaking": ["bad", WarnIcon],
  "webhook.test": ["none", InfoIcon],
  "webhook.disabled": ["warn", WarnIcon],
  "team.digest": ["none", InfoIcon],
  "campaign.created": ["none", EditIcon],
  "campaign.changed": ["none", EditIcon],
  "campaign.scheduled": ["info", InfoIcon],
  "campaign.held": ["warn", PausedIcon],
  "campaign.launched": ["info", InfoIcon],
  "campaign.finished": ["ok", CheckIcon],
  "campaign.cancelled": ["none", CloseIcon],
  "campaign.rule_quarantined": ["bad", WarnIcon],
  "todo.opened": ["info", OpenIcon],
  "todo.reopened": ["warn", OpenIcon],
  "todo.waiting": ["warn", PausedIcon],
  "todo.in_review": ["info", ShowIcon],
  "todo.done": ["ok", CheckIcon],
  "todo.not_applicable": ["none", RetiredIcon],
  "todo.exempt": ["none", ExemptIcon],
  "todo.cancelled": ["none", CloseIcon],
  "todo.changed": ["none", EditIcon],
  "todo.commented": ["none", SlackIcon],
};

const PATHS = 6;

/** One thing that happened; `brief` for the narrow column of the overview. */
export function EventItem({ event, brief = false }: { event: Event; brief?: boolean }) {
  const { t, f } = useI18n(texts);
  const { data } = event;
  // A server that is newer than this page may know more kinds.
  const [tone, icon] = LOOK[event.type] ?? ["none", InfoIcon];
  const title = t.activity.type[event.type] ?? t.activity.other;
  const changed = data.changed ?? [];
  const paths = changed.slice(0, brief ? 2 : PATHS);
  const rest = changed.length - paths.length;
  return (
    <TimelineItem
      icon={icon}
      tone={tone}
      at={event.time}
      title={
        <>
          {title} <About event={event} />
        </>
      }
    >
      {paths.length > 0 && (
        <span>
          {f.list(paths)}
          {rest > 0 && ` ${t.common.more(rest)}`}
        </span>
      )}
      {data.faults !== undefined && <Faults event={event} />}
      {data.missing && <span>{t.activity.missing(data.missing.length)}</span>}
      {data.breaking !== undefined && <span>{t.activity.breaking(data.breaking)}</span>}
      {data.services && <Hit services={data.services} most={brief ? 2 : PATHS} />}
      {!brief && event.actor && <Principal subject={event.actor} />}
      {!brief && (data.commit || data.runUrl) && <Commit version={data} />}
    </TimelineItem>
  );
}

/** What it happened to, where that can be looked at: the difference that it made. */
function About({ event }: { event: Event }) {
  const { t } = useI18n(texts);
  const { kind, subject, data } = event;
  if (kind === "api") {
    return <AboutApi event={event} />;
  }
  if (kind === "campaign") {
    return (
      <TextLink to="/campaigns/$campaign" params={{ campaign: subject }}>
        {subject}
      </TextLink>
    );
  }
  if (kind === "team") {
    return (
      <TextLink to="/teams/$team" params={{ team: subject }}>
        {subject}
      </TextLink>
    );
  }
  if (kind === "webhook") {
    return (
      <TextLink to="/settings/webhooks" search={{ webhook: Number(subject) }}>
        {String(data.name ?? `#${subject}`)}
      </TextLink>
    );
  }
  if (kind === "todo") {
    return (
      <TextLink to="/todos/$id" params={{ id: subject }}>
        {data.campaign ?? `#${subject}`}
      </TextLink>
    );
  }
  return data.version ? (
    <TextLink
      to="/services/$id/spec"
      params={{ id: subject }}
      search={{ v: data.version, view: "diff" }}
    >
      {t.activity.version(data.version)}
    </TextLink>
  ) : null;
}

/** A proto repository, whose versions are revisions; the first has none before it. */
function AboutApi({ event: { type, subject, data } }: { event: Event }) {
  const { t } = useI18n(texts);
  const params = { repository: subject };
  const { version } = data;
  return (
    <>
      <TextLink to="/apis/$repository" params={params}>
        {subject}
      </TextLink>
      {version === 1 && (
        <>
          {" "}
          <TextLink to="/apis/$repository" params={params} search={{ revision: version }}>
            {t.activity.revision(version)}
          </TextLink>
        </>
      )}
      {version !== undefined && version > 1 && (
        <>
          {" "}
          <TextLink
            to="/apis/$repository/diff"
            params={params}
            search={{ to: version, verdict: type === "api.breaking" ? "breaking" : undefined }}
          >
            {t.activity.revision(version)}
          </TextLink>
        </>
      )}
    </>
  );
}

/** Of a refused publish, leading to it, also when a good one has followed since. */
function Faults({ event: { kind, subject, data } }: { event: Event }) {
  const { t } = useI18n(texts);
  const of = {
    service: { service: subject },
    api: { repository: subject },
    publisher: {},
    webhook: {},
    team: {},
    todo: {},
    campaign: {},
  };
  return (
    <span>
      <TextLink to="/publishes" search={{ ...of[kind], resolved: true }}>
        {t.activity.faults(data.faults ?? 0)}
      </TextLink>
    </span>
  );
}

/** The services that a breaking change hits. */
function Hit({ services, most }: { services: readonly string[]; most: number }) {
  const { t } = useI18n(texts);
  const rest = services.length - most;
  return (
    <span>
      {t.activity.hits}
      {services.slice(0, most).map((id) => (
        <Fragment key={id}>
          {" "}
          <TextLink to="/services/$id" params={{ id }}>
            {id}
          </TextLink>
        </Fragment>
      ))}
      {rest > 0 && ` ${t.common.more(rest)}`}
    </span>
  );
}
