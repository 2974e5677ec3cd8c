// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Token, TokenCreated } from "@/api/generated";
import { keys } from "@/api/keys";
import { sessionQuery } from "@/features/session/api";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { createToken, revokeToken, rotateToken, teamsQuery, tokensQuery } from "./api";
import { DraftDialog } from "./DraftDialog";
import { texts } from "./messages";
import { isAdmin } from "./model";
import { RevokeDialog, RotateDialog, SecretDialog } from "./TokenDialogs";
import { TokensView } from "./TokensView";

const route = getRouteApi("/shell/settings/tokens");

/** What is done to one token, until it is done. */
interface Asked {
  to: "rotate" | "revoke";
  token: Token;
}

export function TokensScreen() {
  const { make = false } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(tokensQuery);
  const [asked, setAsked] = useState<Asked>();
  const [made, setMade] = useState<TokenCreated>();
  // A dialog is closed on purpose: nothing is asked then.
  const setMake = (on: boolean) =>
    navigate({ search: { make: on || undefined }, replace: !on, ignoreBlocker: !on });
  const show = (fresh: TokenCreated) => {
    setMade(fresh);
    setAsked(undefined);
    setMake(false);
  };
  return (
    <>
      <TokensView
        tokens={list.data?.items}
        error={list.error ?? undefined}
        updatedAt={list.dataUpdatedAt}
        origin={location.origin}
        onRetry={() => list.refetch()}
        onMake={() => setMake(true)}
        onRotate={(token) => setAsked({ to: "rotate", token })}
        onRevoke={(token) => setAsked({ to: "revoke", token })}
      />
      {make && !made && <Make onMade={show} onClose={() => setMake(false)} />}
      {asked?.to === "rotate" && (
        <Rotate token={asked.token} onMade={show} onClose={() => setAsked(undefined)} />
      )}
      {asked?.to === "revoke" && <Revoke token={asked.token} onClose={() => setAsked(undefined)} />}
      {made && (
        <SecretDialog made={made} origin={location.origin} onClose={() => setMade(undefined)} />
      )}
    </>
  );
}

/** Reads the list again, whatever came of the change. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.tokens });
}

interface MakerProps {
  onMade: (made: TokenCreated) => void;
  onClose: () => void;
}

function Make({ onMade, onClose }: MakerProps) {
  const { data: session } = useQuery(sessionQuery);
  const teams = useQuery({ ...teamsQuery, enabled: session !== undefined && isAdmin(session) });
  const refresh = useRefresh();
  const create = useMutation({ mutationFn: createToken, onSuccess: onMade, onSettled: refresh });
  return session ? (
    <DraftDialog
      session={session}
      teams={teams.data?.items.map((team) => team.name) ?? []}
      busy={create.isPending}
      error={create.error}
      onSubmit={(draft) => create.mutate(draft)}
      onClose={onClose}
    />
  ) : null;
}

function Rotate({ token, onMade, onClose }: MakerProps & { token: Token }) {
  const refresh = useRefresh();
  const rotate = useMutation({ mutationFn: rotateToken, onSuccess: onMade, onSettled: refresh });
  return (
    <RotateDialog
      token={token}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(token.id)}
      onClose={onClose}
    />
  );
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const { t } = useI18n(texts);
  const refresh = useRefresh();
  const revoke = useMutation({
    mutationFn: revokeToken,
    onSuccess: () => {
      toast(t.tokens.revoked(token.name));
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <RevokeDialog
      token={token}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(token.id)}
      onClose={onClose}
    />
  );
}
