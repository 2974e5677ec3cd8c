// SPDX-License-Identifier: Apache-2.0
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
  HeldIcon,
  InfoIcon,
  PlusIcon,
  RestoreIcon,
  WarnIcon,
} from "@/ui/icons";
import { Commit, Principal } from "@/ui/Origin";
import { TextLink } from "@/ui/Text";
import { TimelineItem } from "@/ui/Timeline";
import { texts } from "./messages";

const LOOK: Record<Event["type"], [Tone, IconType]> = {
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
        event.kind === "api" ? (
          <>
            {title}{" "}
            <TextLink to="/apis/$repository" params={{ repository: event.subject }}>
              {event.subject}
            </TextLink>
          </>
        ) : data.version ? (
          <>
            {title}{" "}
            <TextLink
              to="/services/$id/spec"
              params={{ id: event.subject }}
              search={{ v: data.version, view: "diff" }}
            >
              {t.activity.version(data.version)}
            </TextLink>
          </>
        ) : (
          title
        )
      }
    >
      {paths.length > 0 && (
        <span>
          {f.list(paths)}
          {rest > 0 && ` ${t.common.more(rest)}`}
        </span>
      )}
      {data.faults !== undefined && <span>{t.activity.faults(data.faults)}</span>}
      {data.missing && <span>{t.activity.missing(data.missing.length)}</span>}
      {!brief && event.actor && <Principal subject={event.actor} />}
      {!brief && (data.commit || data.runUrl) && <Commit version={data} />}
    </TimelineItem>
  );
}
