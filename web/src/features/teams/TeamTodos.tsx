// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { describe } from "@/api/describe";
import { useI18n } from "@/i18n";
import { CountBadge } from "@/ui/Chip";
import { KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Bone } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { teamTodosQuery } from "./api";
import { texts } from "./messages";

/** How much a team still has to do, now: there is no earlier state of it. */
export function TeamTodos({ team }: { team: string }) {
  const { t } = useI18n(texts);
  const { data, error } = useQuery(teamTodosQuery(team));
  return (
    <Panel
      title={t.nav.todo}
      aside={
        <TextLink to="/todos" search={{ team }}>
          {t.teams.openTodos}
        </TextLink>
      }
    >
      {error && !data ? (
        <PanelNote>{describe(error, t).detail}</PanelNote>
      ) : (
        <KeyValue
          entries={[
            {
              key: "open",
              label: t.teams.open,
              value: data ? <CountBadge {...data.open} /> : <Bone width={24} />,
            },
            {
              key: "overdue",
              label: t.teams.overdue,
              value: data ? (
                <CountBadge {...data.overdue} bad={data.overdue.count > 0} />
              ) : (
                <Bone width={24} />
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
