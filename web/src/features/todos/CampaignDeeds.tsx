// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { describe, describeLine } from "@/api/describe";
import type { Campaign, CampaignLaunch, CampaignPage, Session } from "@/api/generated";
import { keys } from "@/api/keys";
import { useI18n } from "@/i18n";
import { fromLocalInput, toLocalInput } from "@/ui/AsOf";
import { Button, buttonClass } from "@/ui/Button";
import { PlainTable } from "@/ui/DataTable";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { EditIcon, HeldIcon, LaunchIcon } from "@/ui/icons";
import { Banner, Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { Meta } from "@/ui/Text";
import { toast } from "@/ui/Toast";
import { approveCampaign, campaignQuery, changeCampaign, endCampaign, launchCampaign } from "./api";
import { StateChip } from "./Chips";
import { texts } from "./messages";
import { finished, mayLead, nameOf } from "./model";
import styles from "./Todos.module.css";

/** Reads everything anew that a deed may have changed: the event stream may be down. */
function useSettle() {
  const client = useQueryClient();
  return () => {
    client.invalidateQueries({ queryKey: keys.todos });
    return client.invalidateQueries({ queryKey: keys.campaigns });
  };
}

type Open = "launch" | "finished" | "cancelled";

/** What its team and admins can do with a campaign. */
export function CampaignDeeds({
  page,
  session,
}: {
  page: CampaignPage;
  session: Session | undefined;
}) {
  const { t } = useI18n(texts);
  const { campaign } = page;
  const [open, setOpen] = useState<Open>();
  const promote = usePromote(page);
  if (!session || finished(campaign)) {
    return null;
  }
  if (!mayLead(session, campaign.team)) {
    return <Meta>{campaign.team ? t.campaign.onlyTeam(campaign.team) : t.todos.onlyAdmins}</Meta>;
  }
  const running = campaign.state === "running";
  return (
    <>
      {!running && !campaign.held && (
        <Button look="primary" icon={LaunchIcon} onClick={() => setOpen("launch")}>
          {t.campaign.launch}…
        </Button>
      )}
      <Link
        to="/campaigns/$campaign/edit"
        params={{ campaign: campaign.name }}
        className={buttonClass()}
      >
        <Icon of={EditIcon} />
        {t.campaign.edit}
      </Link>
      {running && !campaign.permanent && (
        <Button disabled={promote.isPending} onClick={() => promote.mutate(true)}>
          {t.campaign.promote}
        </Button>
      )}
      {running && <Button onClick={() => setOpen("finished")}>{t.campaign.finish}…</Button>}
      <Button look="danger" onClick={() => setOpen("cancelled")}>
        {t.campaign.cancel}…
      </Button>
      {open === "launch" && <LaunchDialog campaign={campaign} onClose={() => setOpen(undefined)} />}
      {(open === "finished" || open === "cancelled") && (
        <EndDialog page={page} state={open} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

function usePromote({ campaign }: CampaignPage) {
  const { t } = useI18n(texts);
  const client = useQueryClient();
  const settle = useSettle();
  const promote = useMutation({
    mutationFn: (permanent: boolean) => {
      // The last that was read: undoing comes after a change of our own.
      const known = client.getQueryData(campaignQuery(campaign.name).queryKey);
      const version = known?.campaign.version ?? campaign.version;
      return changeCampaign(campaign.name, version, { permanent });
    },
    onSuccess: (made, permanent) => {
      client.setQueryData(campaignQuery(campaign.name).queryKey, made);
      toast(
        permanent ? t.campaign.promoted : t.todos.undone,
        "ok",
        permanent ? { label: t.todos.undo, run: () => promote.mutate(false) } : undefined,
      );
    },
    onError: (error) => toast(describeLine(error, t), "bad"),
    onSettled: settle,
  });
  return promote;
}

/** A launch that would give a team more than its limit waits for an admin. */
export function HeldBanner({
  campaign,
  session,
}: {
  campaign: Campaign;
  session: Session | undefined;
}) {
  const { t, f } = useI18n(texts);
  const settle = useSettle();
  const approve = useMutation({
    mutationFn: () => approveCampaign(campaign.name, campaign.version),
    onSuccess: (made) => toast(t.campaign.launched(made.open, made.done)),
    onError: (error) => toast(describeLine(error, t), "bad"),
    onSettled: settle,
  });
  const { held } = campaign;
  if (!held) {
    return null;
  }
  return (
    <Banner
      tone="warn"
      icon={HeldIcon}
      actions={
        session?.role === "admin" ? (
          <Button small disabled={approve.isPending} onClick={() => approve.mutate()}>
            {t.campaign.approve}
          </Button>
        ) : undefined
      }
    >
      {t.campaign.held(f.list(held.teams), f.dateTime(held.at))}{" "}
      {held.by && t.campaign.heldBy(nameOf(held.by))}{" "}
      {session && session.role !== "admin" && t.campaign.onlyAdminApproves}
    </Banner>
  );
}

/** Shows what would happen, and only then lets it happen. */
function LaunchDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t, f } = useI18n(texts);
  const settle = useSettle();
  const [when, setWhen] = useState("");
  const dry = useQuery({
    // Under no key that a launch makes stale: there is nothing to try after it.
    queryKey: ["launch-dry-run", campaign.name, campaign.version],
    queryFn: () => launchCampaign(campaign.name, { dryRun: "1" }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const at = when === "" ? undefined : fromLocalInput(when);
  const launch = useMutation({
    mutationFn: () => launchCampaign(campaign.name, at ? { at } : {}),
    onSuccess: (made) => {
      toast(
        made.state === "running"
          ? t.campaign.launched(made.open, made.done)
          : made.state === "held"
            ? t.campaign.nowHeld
            : t.campaign.nowScheduled(at ? f.dateTime(at) : ""),
      );
      onClose();
    },
    // Said where it stays: what is read anew may have no place for the dialog.
    onError: (error) => toast(describeLine(error, t), "bad"),
    onSettled: settle,
  });
  return (
    <Dialog wide title={t.campaign.launchTitle(campaign.title)} onClose={onClose}>
      {dry.data ? (
        <Effect of={dry.data} />
      ) : dry.error ? (
        <ErrorPanel failure={describe(dry.error, t)} onRetry={() => dry.refetch()} />
      ) : (
        <Skeleton>
          <div className={styles.bones}>
            <Bone width="60%" />
            <Bone width="80%" />
            <Bone width="45%" />
          </div>
        </Skeleton>
      )}
      <TextField
        label={t.campaign.launchAt}
        hint={t.campaign.launchAtHint}
        optional
        type="datetime-local"
        min={toLocalInput(Date.now())}
        value={when}
        onChange={(event) => setWhen(event.target.value)}
      />
      <DialogFoot>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button
          look="primary"
          icon={LaunchIcon}
          disabled={launch.isPending || !dry.data}
          onClick={() => launch.mutate()}
        >
          {at ? t.campaign.launchThen : t.campaign.launchNow}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const FEW = 20;

function Effect({ of }: { of: CampaignLaunch }) {
  const { t, f } = useI18n(texts);
  const rest = of.todosLeftOut + Math.max(0, of.todos.length - FEW);
  return (
    <>
      {of.open + of.done > 0 ? (
        <p>{t.campaign.wouldOpen(of.open, of.done)}</p>
      ) : (
        <Banner tone="warn">{t.campaignForm.noServices}</Banner>
      )}
      {of.overLimit.length > 0 && (
        <Banner tone="warn" icon={HeldIcon}>
          {t.campaign.overLimit(f.list(of.overLimit))}
        </Banner>
      )}
      {of.todos.length > 0 && (
        <PlainTable label={t.campaign.items}>
          <thead>
            <tr>
              <th scope="col">{t.services.col.service}</th>
              <th scope="col">{t.services.col.team}</th>
              <th scope="col">{t.todos.state}</th>
            </tr>
          </thead>
          <tbody>
            {of.todos.slice(0, FEW).map((todo) => (
              <tr key={todo.serviceID}>
                <td>{todo.serviceID}</td>
                <td>{todo.team ?? t.services.unowned}</td>
                <td>
                  <StateChip state={todo.state} />
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {rest > 0 && <Meta>{t.common.more(rest)}</Meta>}
    </>
  );
}

/** Ends it for good: what is still open is cancelled then. */
function EndDialog({
  page: { campaign },
  state,
  onClose,
}: {
  page: CampaignPage;
  state: "finished" | "cancelled";
  onClose: () => void;
}) {
  const { t } = useI18n(texts);
  const client = useQueryClient();
  const settle = useSettle();
  const { open, waiting, inReview } = campaign.counts;
  const end = useMutation({
    mutationFn: () => endCampaign(campaign.name, state),
    onSuccess: (made) => {
      client.setQueryData(campaignQuery(campaign.name).queryKey, made);
      toast(state === "finished" ? t.campaign.isFinished : t.campaign.isCancelled);
      onClose();
    },
    // Said where it stays: what is read anew may have no place for the dialog.
    onError: (error) => {
      toast(describeLine(error, t), "bad");
      onClose();
    },
    onSettled: settle,
  });
  return (
    <Dialog
      title={state === "finished" ? t.campaign.finishTitle : t.campaign.cancelTitle}
      onClose={onClose}
    >
      <p>{t.campaign.endHint(open + waiting + inReview)}</p>
      <DialogFoot>
        <Button onClick={onClose}>{t.campaign.keepIt}</Button>
        <Button look="danger" disabled={end.isPending} onClick={() => end.mutate()}>
          {state === "finished" ? t.campaign.finish : t.campaign.cancel}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
