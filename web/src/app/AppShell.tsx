// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { sessionQuery } from "@/features/session/api";
import { useI18n } from "@/i18n";
import { useHotkeys } from "@/lib/hotkeys";
import { IconButton } from "@/ui/Button";
import { UserIcon } from "@/ui/icons";
import { LiveChip } from "@/ui/LiveChip";
import { type Crumb, Shell } from "@/ui/Shell";
import { LanguageButton, ThemeButton } from "@/ui/Switches";
import { AccountMenu } from "./AccountMenu";
import { crumbsOf } from "./crumbs";
import { useLiveState, useLiveUpdates } from "./live";
import { useNavGroups } from "./nav";
import { setSessionEnded, useSessionEnded } from "./unauthorized";
import { useCommands } from "./useCommands";

const Palette = lazy(() => import("@/features/palette/Palette"));
const KeyboardHelp = lazy(() => import("./KeyboardHelp"));
const SignInAgain = lazy(() => import("@/features/session/SignInAgain"));
const MustChangeScreen = lazy(() => import("@/features/session/MustChangeScreen"));
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** The frame around every screen that needs somebody to be signed in. */
export function AppShell() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const ended = useSessionEnded();
  const signedIn = session !== undefined && !session.mustChangePassword;
  const [open, setOpen] = useState<"palette" | "help">();
  const close = () => setOpen(undefined);
  const commands = useCommands(() => setOpen("help"));
  const crumbs = useCrumbs();
  const groups = useNavGroups(signedIn);
  const main = useKeptFocus();

  useLiveUpdates(client, signedIn && !ended);
  useHotkeys({
    "mod+k": () => setOpen((now) => (now === "palette" ? undefined : "palette")),
    "?": () => setOpen("help"),
    "g s": () => commands.go("/services"),
    "g t": () => commands.go("/teams"),
    "g d": () => commands.go("/dependencies"),
    "g a": () => commands.go("/apis"),
    "g m": () => commands.go("/todos"),
    "g c": () => commands.go("/campaigns"),
  });

  if (session?.mustChangePassword) {
    return (
      <Suspense>
        <MustChangeScreen username={session.name} />
      </Suspense>
    );
  }
  const again = (name: string) => {
    if (name !== session?.name) {
      // Nothing that somebody else read may stay, even if the browser asks about
      // what that person typed and is told not to leave.
      location.reload();
      return;
    }
    setSessionEnded(false);
    client.invalidateQueries();
  };
  return (
    <>
      <Shell
        groups={groups}
        crumbs={crumbs}
        live={<Live />}
        tools={
          <>
            <ThemeButton />
            <LanguageButton />
            {session ? (
              <AccountMenu session={session} onHelp={() => setOpen("help")} />
            ) : (
              <IconButton icon={UserIcon} label={t.common.loading} disabled />
            )}
          </>
        }
        onSearch={() => setOpen("palette")}
        mac={MAC}
        mainRef={main}
      >
        <Outlet />
      </Shell>
      <Suspense>
        {open === "palette" && <Palette commands={commands.list} onClose={close} />}
        {open === "help" && <KeyboardHelp mac={MAC} onClose={close} />}
        {ended && session && <SignInAgain username={session.name} onDone={again} />}
      </Suspense>
    </>
  );
}

/** Is the screen kept up to date? The past never changes. */
function Live() {
  const state = useLiveState();
  const past = useLocation({ select: (l) => "at" in l.search && Boolean(l.search.at) });
  if (past) {
    return <LiveChip kind="asOf" />;
  }
  return <LiveChip kind={state.kind} {...("since" in state ? { since: state.since } : {})} />;
}

/** Where we are, in the top bar and in the title of the window. */
function useCrumbs(): Crumb[] {
  const { t } = useI18n();
  const path = useLocation({ select: (l) => l.pathname });
  const crumbs = crumbsOf(path, t);
  const title = [...crumbs.map((crumb) => crumb.label).reverse(), t.common.product].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return crumbs;
}

/** A new screen takes the focus when the element that had it has gone with the old one. */
function useKeptFocus() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: (l) => l.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) {
      before.current = path;
      if (!document.activeElement || document.activeElement === document.body) {
        main.current?.focus({ preventScroll: true });
      }
    }
  }, [path]);
  return main;
}
