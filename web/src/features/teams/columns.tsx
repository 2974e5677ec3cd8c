// SPDX-License-Identifier: Apache-2.0
import type { Team } from "@/api/generated";
import type { Format } from "@/i18n/format";
import { Chip } from "@/ui/Chip";
import { type Column, RowLink, Soft, TwoLines } from "@/ui/DataTable";
import { WarnIcon } from "@/ui/icons";
import type { Messages } from "./messages";
import { lifecycleCounts } from "./model";

/** Where a narrow table drops columns, the row's second line stands in for them. */
const WIDE = 900;

/** “Production 8 · Experimental 1”. */
export function lifecycleText(team: Team, t: Messages, f: Format): string {
  const names: Record<string, string> = t.lifecycle;
  return lifecycleCounts(team)
    .map(([value, count]) => `${names[value] ?? value} ${f.number(count)}`)
    .join(" · ");
}

/** The moment shown goes along to the team; the filter does not. */
const keepMoment = (before: { at?: string | undefined }) => ({ at: before.at });

export function teamColumns(t: Messages, f: Format): Column<Team>[] {
  const { col } = t.teams;
  const count = (value: number) => (value === 0 ? <Soft>–</Soft> : f.number(value));
  return [
    {
      id: "team",
      header: col.team,
      track: "minmax(150px, 1.5fr)",
      cell: (team, { table }) => (
        <TwoLines
          first={
            <RowLink
              to="/teams/$team"
              params={{ team: team.name }}
              search={keepMoment}
              preload="intent"
            >
              {team.name}
            </RowLink>
          }
          second={table > 0 && table < WIDE && f.list(team.corporations)}
        />
      ),
    },
    {
      id: "corporations",
      header: col.corporations,
      track: "minmax(110px, 1fr)",
      from: WIDE,
      cell: (team) => (team.corporations.length > 0 ? f.list(team.corporations) : <Soft>–</Soft>),
    },
    {
      id: "lifecycles",
      header: col.lifecycles,
      track: "minmax(170px, 2fr)",
      from: 720,
      cell: (team) => <Soft>{lifecycleText(team, t, f)}</Soft>,
    },
    {
      id: "services",
      header: col.services,
      track: "80px",
      end: true,
      cell: (team) => f.number(team.services),
    },
    {
      id: "people",
      header: col.people,
      track: "80px",
      from: 520,
      end: true,
      cell: (team) => count(team.people),
    },
    {
      id: "failing",
      header: col.failing,
      track: "92px",
      from: 400,
      end: true,
      cell: (team) =>
        team.failing > 0 ? (
          <Chip tone="bad" icon={WarnIcon}>
            {f.number(team.failing)}
          </Chip>
        ) : (
          <Soft>–</Soft>
        ),
    },
  ];
}
