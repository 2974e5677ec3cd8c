// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { Session } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button, buttonClass, IconButton } from "@/ui/Button";
import { Popover } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { KeyboardIcon, PreferencesIcon, SignOutIcon, UserIcon } from "@/ui/icons";
import { accountClass } from "@/ui/Shell";
import { Meta } from "@/ui/Text";
import { useSignOut } from "./useCommands";

/** Who I am, and what concerns only me. */
export function AccountMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const { t, f } = useI18n();
  const signOut = useSignOut();
  const name = session.displayName ?? session.name;
  const role = session.role === "admin" ? t.top.roleAdmin : t.top.roleViewer;
  return (
    <Popover
      label={t.top.account(name)}
      trigger={(props) => <IconButton {...props} icon={UserIcon} label={t.top.account(name)} />}
    >
      {(close) => (
        <div className={accountClass}>
          <div>
            <p>{name}</p>
            <Meta>
              {session.name} · {role}
              {session.teams.length > 0 && ` · ${f.list(session.teams)}`}
            </Meta>
          </div>
          <Link to="/settings/preferences" className={buttonClass("quiet")} onClick={close}>
            <Icon of={PreferencesIcon} />
            {t.nav.preferences}
          </Link>
          <Button
            look="quiet"
            icon={KeyboardIcon}
            onClick={() => {
              close();
              onHelp();
            }}
          >
            {t.top.help}
          </Button>
          <Button look="quiet" icon={SignOutIcon} onClick={signOut}>
            {t.top.signOut}
          </Button>
          <Meta>{t.top.serverVersion(session.version)}</Meta>
        </div>
      )}
    </Popover>
  );
}
