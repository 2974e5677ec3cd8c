// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useI18n } from "@/i18n";
import { safeReturn } from "@/lib/links";
import { Banner } from "@/ui/State";
import { sessionQuery, signIn, signInFault } from "./api";
import { SignInForm } from "./SignInForm";
import { SignInPage } from "./SignInPage";

const route = getRouteApi("/sign-in");

export function SignInScreen() {
  const { t } = useI18n();
  const { returnTo, out } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const signing = useMutation({
    mutationFn: ({ username, password }: { username: string; password: string }) =>
      signIn(username, password, safeReturn(returnTo)),
    onSuccess: async (result) => {
      // Nothing that was read as somebody else may be shown.
      client.clear();
      await client.prefetchQuery(sessionQuery);
      router.history.push(safeReturn(result.returnTo));
    },
  });
  return (
    <SignInPage title={t.signIn.title} lead={t.signIn.lead} hint={t.signIn.firstTime}>
      {out && <Banner>{t.signIn.signedOut}</Banner>}
      <SignInForm
        busy={signing.isPending || signing.isSuccess}
        fault={signing.error ? signInFault(signing.error, t) : undefined}
        onSubmit={(username, password) => signing.mutate({ username, password })}
      />
    </SignInPage>
  );
}
