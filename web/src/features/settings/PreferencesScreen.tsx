// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { describe } from "@/api/describe";
import { sessionQuery } from "@/features/session/api";
import { PasswordForm } from "@/features/session/PasswordForm";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { PreferencesView } from "./PreferencesView";

export function PreferencesScreen() {
  const { t } = useI18n();
  const session = useQuery(sessionQuery);
  return (
    <PreferencesView
      session={session.data}
      failure={session.error ? describe(session.error, t) : undefined}
      onRetry={() => session.refetch()}
      password={
        <PasswordForm
          username={session.data?.name ?? ""}
          onDone={() => toast(t.password.changed)}
        />
      }
    />
  );
}
