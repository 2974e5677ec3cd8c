// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { Chip, type Tone } from "./Chip";
import type { IconType } from "./Icon";
import { CheckIcon, ClockIcon, OfflineIcon, PausedIcon, RetryIcon } from "./icons";

export type LiveKind =
  | "connecting"
  | "live"
  | "reconnecting"
  | "polling"
  | "offline"
  | "paused"
  | "asOf";

const LOOK: Record<LiveKind, [Tone, IconType]> = {
  connecting: ["none", RetryIcon],
  live: ["ok", CheckIcon],
  reconnecting: ["warn", RetryIcon],
  polling: ["warn", ClockIcon],
  offline: ["bad", OfflineIcon],
  paused: ["none", PausedIcon],
  asOf: ["info", ClockIcon],
};

/** Is what the page shows kept up to date? */
export function LiveChip({ kind, since }: { kind: LiveKind; since?: number }) {
  const { t, f } = useI18n();
  const [tone, icon] = LOOK[kind];
  return (
    <span role="status">
      <Chip tone={tone} icon={icon} title={t.live.detail[kind]}>
        {kind === "offline" ? t.live.offline(f.time(since ?? Date.now())) : t.live[kind]}
      </Chip>
    </span>
  );
}
