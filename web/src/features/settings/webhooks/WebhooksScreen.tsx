// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { describeLine } from "@/api/describe";
import type { Webhook, WebhookMade } from "@/api/generated";
import { keys } from "@/api/keys";
import { useI18n } from "@/i18n";
import { same } from "@/lib/same";
import { toast } from "@/ui/Toast";
import * as api from "./api";
import { DraftDialog } from "./DraftDialog";
import { texts } from "./messages";
import { bodyOf, changeOf, type Draft, draftOf, type Period, sinceOf } from "./model";
import { ConfirmDialog, ReplayDialog, SecretDialog } from "./WebhookDialogs";
import { WebhooksView } from "./WebhooksView";
import { WebhookView } from "./WebhookView";

const route = getRouteApi("/shell/settings/webhooks");

export function WebhooksScreen() {
  const { make = false, edit = false, webhook: id } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(api.webhooksQuery);
  const [shown, setShown] = useState<{ made: WebhookMade; renewed: boolean }>();
  const setMake = (on: boolean) =>
    navigate({ search: { make: on || undefined }, replace: !on, ignoreBlocker: !on });
  const setEdit = (on: boolean) =>
    navigate({
      search: { webhook: id, edit: on || undefined },
      replace: !on,
      ignoreBlocker: !on,
    });
  const renew = (made: WebhookMade) => setShown({ made, renewed: true });
  const one = list.data?.items.find((each) => each.id === id);
  return (
    <>
      {one ? (
        <One key={one.id} webhook={one} onEdit={() => setEdit(true)} onMade={renew} />
      ) : (
        <WebhooksView
          webhooks={list.data?.items}
          error={list.error ?? undefined}
          updatedAt={list.dataUpdatedAt}
          onRetry={() => list.refetch()}
          onMake={() => setMake(true)}
        />
      )}
      {make && !shown && (
        <Make
          onMade={(fresh) => {
            setShown({ made: fresh, renewed: false });
            setMake(false);
          }}
          onClose={() => setMake(false)}
        />
      )}
      {edit && one && <Edit key={one.id} webhook={one} onClose={() => setEdit(false)} />}
      {shown && <SecretDialog {...shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

/** Reads everything of webhooks again, whatever came of the change. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.webhooks });
}

function Make({ onMade, onClose }: { onMade: (made: WebhookMade) => void; onClose: () => void }) {
  const refresh = useRefresh();
  const create = useMutation({
    mutationFn: api.createWebhook,
    onSuccess: onMade,
    onSettled: refresh,
  });
  return (
    <DraftDialog
      busy={create.isPending}
      error={create.error}
      onSubmit={(draft) => create.mutate(bodyOf(draft))}
      onClose={onClose}
    />
  );
}

function Edit({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useI18n(texts);
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: ({ draft, before }: { draft: Draft; before: Draft }) =>
      api.editWebhook(webhook.id, webhook.version, changeOf(draft, before)),
    onSuccess: () => {
      toast(t.webhooks.edit.saved);
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <DraftDialog
      current={draftOf(webhook)}
      busy={save.isPending}
      error={save.error}
      onSubmit={(draft, before) =>
        same(bodyOf(draft), bodyOf(before)) ? onClose() : save.mutate({ draft, before })
      }
      onClose={onClose}
    />
  );
}

interface OneProps {
  webhook: Webhook;
  onEdit: () => void;
  onMade: (made: WebhookMade) => void;
}

function One({ webhook, onEdit, onMade }: OneProps) {
  const { t } = useI18n(texts);
  const refresh = useRefresh();
  const [state, setState] = useState<api.DeliveryState>();
  const [asked, setAsked] = useState<"rotate" | "replay" | "remove">();
  const log = useInfiniteQuery(api.deliveriesQuery(webhook.id, state));
  const act = useMutation({
    mutationFn: ({ run }: { run: () => Promise<unknown>; said?: string }) => run(),
    onSuccess: (_done, { said }) => said && toast(said),
    onError: (error) => toast(describeLine(error, t), "bad"),
    onSettled: refresh,
  });
  const { id } = webhook;
  return (
    <>
      <WebhookView
        webhook={webhook}
        deliveries={log.data?.pages.flatMap((page) => page.items)}
        error={log.error ?? undefined}
        state={state}
        more={log.hasNextPage}
        busy={act.isPending}
        onState={setState}
        onMore={() => log.fetchNextPage()}
        onReload={() => log.refetch()}
        onEdit={onEdit}
        onTest={() => act.mutate({ run: () => api.testWebhook(id), said: t.webhooks.tested })}
        onPause={() => act.mutate({ run: () => api.changeWebhook(id, { state: "paused" }) })}
        onEnable={() => act.mutate({ run: () => api.enableWebhook(id) })}
        onRotate={() => setAsked("rotate")}
        onReplay={() => setAsked("replay")}
        onRemove={() => setAsked("remove")}
        onRetry={(delivery) =>
          act.mutate({
            run: () => api.retryDelivery(id, delivery.id),
            said: t.webhooks.retried,
          })
        }
      />
      {asked && (
        <Asked to={asked} webhook={webhook} onMade={onMade} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

interface AskedProps {
  to: "rotate" | "replay" | "remove";
  webhook: Webhook;
  onMade: (made: WebhookMade) => void;
  onClose: () => void;
}

function Asked({ to, webhook, onMade, onClose }: AskedProps) {
  const { t } = useI18n(texts);
  const refresh = useRefresh();
  const navigate = route.useNavigate();
  const { id, name } = webhook;
  const rotate = useMutation({
    mutationFn: () => api.rotateWebhook(id),
    onSuccess: (made) => {
      onMade(made);
      onClose();
    },
    onSettled: refresh,
  });
  const replay = useMutation({
    mutationFn: (period: Period) => api.replayWebhook(id, sinceOf(period, Date.now())),
    onSuccess: (count) => {
      toast(t.webhooks.replayed(count));
      onClose();
    },
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api.deleteWebhook(id),
    onSuccess: () => navigate({ search: {} }),
    onSettled: refresh,
  });
  if (to === "replay") {
    return (
      <ReplayDialog
        busy={replay.isPending}
        error={replay.error}
        onConfirm={(period) => replay.mutate(period)}
        onClose={onClose}
      />
    );
  }
  const { [to]: run } = { rotate, remove };
  return (
    <ConfirmDialog
      title={to === "rotate" ? t.webhooks.rotate : t.webhooks.remove}
      hint={to === "rotate" ? t.webhooks.rotateHint(name) : t.webhooks.removeHint(name)}
      danger={to === "remove"}
      busy={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate()}
      onClose={onClose}
    />
  );
}
