// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Described } from "@/api/describe";
import type { Session } from "@/api/generated";
import { useI18n } from "@/i18n";
import { setPrefs, usePrefs } from "@/lib/prefs";
import { type Segment, Segments } from "@/ui/Field";
import { FlowPage, PageHead, Pair, Stack } from "@/ui/Page";
import { type Entry, KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { THEME_ICONS } from "@/ui/Switches";
import { Age, Meta, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Settings.module.css";

interface PreferencesViewProps {
  /** undefined = not known yet. */
  session: Session | undefined;
  failure?: Described | undefined;
  onRetry: () => void;
  /** The form that changes the password. */
  password: ReactNode;
}

export function PreferencesView({ session, failure, onRetry, password }: PreferencesViewProps) {
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead title={t.settings.preferences} />
      <Pair>
        <Stack>
          <Appearance />
          <Panel title={t.settings.account}>
            {session ? (
              <Account session={session} />
            ) : failure ? (
              <ErrorPanel failure={failure} onRetry={onRetry} />
            ) : (
              <AccountBones />
            )}
          </Panel>
        </Stack>
        <Panel title={t.password.title}>
          <div className={styles.password}>
            <PanelNote>{t.password.hint}</PanelNote>
            {password}
          </div>
        </Panel>
      </Pair>
    </FlowPage>
  );
}

function Appearance() {
  const { t } = useI18n(texts);
  const { theme, language, density } = usePrefs();
  const themes = (["system", "light", "dark"] as const).map((value) => ({
    value,
    label: t.theme[value],
    icon: THEME_ICONS[value],
  }));
  // Each in its own language: whoever looks for it may not read the other.
  const languages: Segment<typeof language>[] = [
    { value: "ja", label: "日本語" },
    { value: "en", label: "English" },
  ];
  const densities: Segment<typeof density>[] = [
    { value: "comfortable", label: t.settings.comfortable },
    { value: "compact", label: t.settings.compact },
  ];
  return (
    <Panel title={t.settings.appearance} aside={<Meta>{t.settings.device}</Meta>}>
      <div className={styles.settings}>
        <Segments
          label={t.settings.theme}
          visibleLabel
          value={theme}
          options={themes}
          onChange={(value) => setPrefs({ theme: value })}
        />
        <Segments
          label={t.settings.language}
          visibleLabel
          value={language}
          options={languages}
          onChange={(value) => setPrefs({ language: value })}
        />
        <Segments
          label={t.settings.density}
          visibleLabel
          value={density}
          options={densities}
          onChange={(value) => setPrefs({ density: value })}
        />
      </div>
    </Panel>
  );
}

function Account({ session }: { session: Session }) {
  const { t } = useI18n(texts);
  const { name, displayName, role, teams, expiresAt } = session;
  const entries: Entry[] = [
    {
      key: "name",
      label: t.settings.name,
      value: displayName && displayName !== name ? `${displayName} (${name})` : name,
    },
    {
      key: "role",
      label: t.settings.role,
      value: role === "admin" ? t.top.roleAdmin : t.top.roleViewer,
    },
    {
      key: "teams",
      label: t.settings.teams,
      value: teams.length > 0 ? <Teams names={teams} /> : t.settings.noTeams,
    },
  ];
  if (expiresAt) {
    entries.push({ key: "ends", label: t.settings.sessionEnds, value: <Age at={expiresAt} /> });
  }
  return <KeyValue entries={entries} />;
}

function Teams({ names }: { names: readonly string[] }) {
  return (
    <ul>
      {names.map((team) => (
        <li key={team}>
          <TextLink to="/teams/$team" params={{ team }}>
            {team}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

function AccountBones() {
  return (
    <Skeleton>
      <div className={styles.bones}>
        {[52, 34, 60, 40].map((width) => (
          <Bone key={width} width={`${width}%`} />
        ))}
      </div>
    </Skeleton>
  );
}
