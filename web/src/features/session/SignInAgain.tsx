// SPDX-License-Identifier: Apache-2.0
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useI18n } from "@/i18n";
import { Dialog } from "@/ui/Dialog";
import { signIn, signInFault } from "./api";
import { SignInForm } from "./SignInForm";

/** Over the page, which stays as it is: the session has ended. */
export default function SignInAgain({
  username,
  onDone,
}: {
  username: string;
  /** Told who signed in: it may be somebody else. */
  onDone: (username: string) => void;
}) {
  const { t } = useI18n();
  const signing = useMutation({
    mutationFn: (given: { username: string; password: string }) =>
      signIn(given.username, given.password, "/"),
    onSuccess: (_result, given) => onDone(given.username),
  });
  return (
    <SignInAgainDialog>
      <SignInForm
        username={username}
        busy={signing.isPending}
        fault={signing.error ? signInFault(signing.error, t) : undefined}
        onSubmit={(name, password) => signing.mutate({ username: name, password })}
      />
    </SignInAgainDialog>
  );
}

export function SignInAgainDialog({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  return (
    <Dialog title={t.signIn.again} onClose={() => {}} locked>
      <p>{t.signIn.againHint}</p>
      {children}
    </Dialog>
  );
}
