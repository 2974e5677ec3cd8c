// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { describe } from "@/api/describe";
import type { ApiPolicy, ApiPolicyDraft } from "@/api/generated";
import { keys } from "@/api/keys";
import { isStatus } from "@/api/problem";
import { sessionQuery } from "@/features/session/api";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { EditIcon } from "@/ui/icons";
import { Principal } from "@/ui/Origin";
import { Stack } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Age, Meta } from "@/ui/Text";
import { toast } from "@/ui/Toast";
import { forgetVerdicts, policyQuery, putPolicy } from "./api";
import { texts } from "./messages";
import css from "./Policy.module.css";
import { PolicyForm } from "./PolicyForm";
import { Legend, PolicyTable } from "./PolicyTable";
import { usePlace } from "./place";
import { Refusal } from "./Refusal";
import { Bones } from "./RepositoryScreen";
import { WaiversPanel } from "./WaiversPanel";

const route = getRouteApi("/shell/apis/$repository/policy");

/** What is breaking in a repository, and what is let pass all the same. */
export function PolicyScreen() {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const { edit, waivers } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const query = useQuery(policyQuery(repository));
  const admin = session?.role === "admin";
  const retry = () => query.refetch();
  const setEdit = (on: boolean) =>
    // What was typed is saved then, or given up on purpose.
    navigate({
      search: (before) => ({ ...before, edit: on || undefined }),
      ignoreBlocker: !on,
    });
  return (
    <Stack>
      {query.isError && query.data && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      <Panel title={t.policy.title} flush aside={query.data && <Changed policy={query.data} />}>
        <p className={css.pad}>{t.policy.lead}</p>
        {query.data ? (
          <Policy
            key={repository}
            policy={query.data}
            admin={admin}
            editing={admin && Boolean(edit)}
            onEdit={setEdit}
          />
        ) : query.error ? (
          <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
        ) : (
          <Skeleton>
            <div className={css.pad}>
              <Bones count={4} />
            </div>
          </Skeleton>
        )}
        <Legend />
      </Panel>
      <WaiversPanel
        admin={admin}
        state={waivers ?? "active"}
        onState={(state) =>
          navigate({
            search: (before) => ({ ...before, waivers: state === "past" ? state : undefined }),
          })
        }
      />
    </Stack>
  );
}

function Changed({ policy: { version, changedBy, changedAt } }: { policy: ApiPolicy }) {
  const { t } = useI18n(texts);
  return version === 0 ? (
    t.policy.never
  ) : (
    <>
      {t.policy.changed(version)}
      {changedBy && <Principal subject={changedBy} />}
      {changedAt && <Age at={changedAt} />}
    </>
  );
}

interface PolicyProps {
  policy: ApiPolicy;
  admin: boolean;
  editing: boolean;
  onEdit: (on: boolean) => void;
}

function Policy({ policy, admin, editing, onEdit }: PolicyProps) {
  const { t } = useI18n(texts);
  const { repository } = usePlace();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: ApiPolicyDraft) => putPolicy(repository, body),
    onSuccess: (made) => {
      client.setQueryData(policyQuery(repository).queryKey, made);
      toast(t.policy.saved);
      onEdit(false);
      return forgetVerdicts(client, repository);
    },
    // Somebody else was faster: what they saved is read, and shown in the form.
    onError: (error) =>
      isStatus(error, 409)
        ? client.refetchQueries({ queryKey: keys.apiPolicy(repository) })
        : undefined,
  });
  const unread =
    isStatus(save.error, 409) && save.variables?.version === policy.version && !save.isPending;
  if (editing) {
    return (
      <>
        <PolicyForm
          policy={policy}
          busy={save.isPending}
          error={save.error}
          onSave={save.mutate}
          onCancel={() => {
            save.reset();
            onEdit(false);
          }}
        />
        {unread && (
          <div className={css.pad}>
            <Refusal text={t.policy.conflictUnread} />
          </div>
        )}
      </>
    );
  }
  return (
    <>
      <PolicyTable label={t.policy.title} items={policy.items} />
      <div className={css.pad}>
        {admin ? (
          <Button icon={EditIcon} onClick={() => onEdit(true)}>
            {t.policy.edit}
          </Button>
        ) : (
          <Meta>{t.policy.onlyAdmins}</Meta>
        )}
      </div>
    </>
  );
}
