// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import type { Campaign, CampaignPage } from "@/api/generated";
import { keys } from "@/api/keys";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { FlowPage, PageHead } from "@/ui/Page";
import { EmptyState, ErrorPanel } from "@/ui/State";
import { toast } from "@/ui/Toast";
import { campaignQuery, changeCampaign, createCampaign, sessionQuery } from "./api";
import { CampaignSkeleton } from "./CampaignView";
import { bodyOf, changeOf, type Draft } from "./draft";
import { EditorForm } from "./EditorForm";
import { texts } from "./messages";
import { mayDraft, mayLead } from "./model";

const editRoute = getRouteApi("/shell/campaigns/$campaign/edit");

/** After saving, the campaign itself: nothing is unsaved then. */
function useLeave() {
  const navigate = useNavigate();
  return (campaign: string | undefined) =>
    campaign === undefined
      ? navigate({ to: "/campaigns" })
      : navigate({
          to: "/campaigns/$campaign",
          params: { campaign },
          ignoreBlocker: true,
        });
}

export function NewCampaignScreen() {
  const { t } = useI18n(texts);
  const { data: session, error } = useQuery(sessionQuery);
  const client = useQueryClient();
  const leave = useLeave();
  const create = useMutation({
    mutationFn: (draft: Draft) => createCampaign(bodyOf(draft)),
    onSuccess: (made: Campaign) => {
      toast(t.campaignForm.created);
      client.invalidateQueries({ queryKey: keys.campaigns });
      return leave(made.name);
    },
  });
  if (!session) {
    return error ? (
      <ErrorPanel whole failure={describe(error, t)} />
    ) : (
      <CampaignSkeleton name={t.campaigns.create} />
    );
  }
  if (!mayDraft(session)) {
    return <EmptyState whole title={t.error.forbidden} hint={t.campaigns.whoCreates} />;
  }
  return (
    <FlowPage>
      <PageHead title={t.campaigns.create} />
      <EditorForm
        session={session}
        page={undefined}
        busy={create.isPending}
        error={create.error}
        onSave={(draft) => create.mutate(draft)}
        onCancel={() => leave(undefined)}
      />
    </FlowPage>
  );
}

export function EditCampaignScreen() {
  const { t } = useI18n(texts);
  const { campaign: name } = editRoute.useParams();
  const { data: session } = useQuery(sessionQuery);
  const query = useQuery(campaignQuery(name));
  const client = useQueryClient();
  const leave = useLeave();
  const save = useMutation({
    mutationFn: ({ draft, version }: { draft: Draft; version: number }) =>
      changeCampaign(name, version, changeOf(draft)),
    onSuccess: (made: CampaignPage) => {
      client.setQueryData(campaignQuery(name).queryKey, made);
      toast(t.campaignForm.saved);
      client.invalidateQueries({ queryKey: keys.campaigns });
      client.invalidateQueries({ queryKey: keys.todos });
      return leave(name);
    },
    // Somebody else was faster: what they saved is read, and told in the form.
    onError: (error) =>
      isStatus(error, 412) ? client.refetchQueries({ queryKey: keys.campaign(name) }) : undefined,
  });
  if (!query.data || !session) {
    return query.error ? (
      <ErrorPanel whole failure={describe(query.error, t)} onRetry={() => query.refetch()} />
    ) : (
      <CampaignSkeleton name={name} />
    );
  }
  const { campaign } = query.data;
  if (!mayLead(session, campaign.team)) {
    return (
      <EmptyState
        whole
        title={t.error.forbidden}
        hint={campaign.team ? t.campaign.onlyTeam(campaign.team) : t.todos.onlyAdmins}
      />
    );
  }
  return (
    <FlowPage>
      <PageHead title={campaign.title} aside={t.campaign.edit} />
      <EditorForm
        key={name}
        session={session}
        page={query.data}
        busy={save.isPending}
        error={save.error}
        onSave={(draft, version) => save.mutate({ draft, version })}
        onCancel={() => leave(name)}
      />
    </FlowPage>
  );
}
