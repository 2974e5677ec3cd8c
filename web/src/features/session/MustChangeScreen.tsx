// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from "@tanstack/react-query";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { PasswordForm } from "./PasswordForm";
import { SignInPage } from "./SignInPage";

/** Somebody else chose this password: until it is changed the server allows nothing more. */
export default function MustChangeScreen({ username }: { username: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  return (
    <SignInPage title={t.password.title} lead={t.password.mustChange}>
      <PasswordForm
        username={username}
        onDone={() => {
          toast(t.password.changed);
          client.resetQueries();
        }}
      />
    </SignInPage>
  );
}
