// SPDX-License-Identifier: Apache-2.0
// Dialogs that a screen opens in answer to a click, as scenes draw them.
import { ApiError } from "@/api/problem";
import KeyboardHelp from "@/app/KeyboardHelp";
import { useCommands } from "@/app/useCommands";
import Palette from "@/features/palette/Palette";
import SignInAgain from "@/features/session/SignInAgain";
import { DraftDialog } from "@/features/settings/DraftDialog";
import { RevokeDialog, RotateDialog, SecretDialog } from "@/features/settings/TokenDialogs";
import * as account from "./data/account";

const nothing = () => {};
const ORIGIN = "https://mdash.example";

const refused = new ApiError({
  type: "/problems/invalid-fields",
  title: "Some fields are not valid",
  status: 422,
  instance: "6f2d0c1b9a8e4d7f",
  errors: [
    { pointer: "#/name", code: "format", detail: "a name is one line" },
    { pointer: "#/services/0", code: "format", detail: "a service id, or a part of one with *" },
  ],
});

/** The server found faults that the page could not. */
export function Faulty() {
  return (
    <DraftDialog
      session={account.admin}
      teams={["payments-core", "wallet"]}
      busy={false}
      error={refused}
      onSubmit={nothing}
      onClose={nothing}
    />
  );
}

const forbidden = new ApiError({
  type: "/problems/forbidden",
  title: "Forbidden",
  status: 403,
  instance: "6f2d0c1b9a8e4d7f",
  needs: { team: "payments-core", role: "admin" },
});

/** The team was lost in the meantime. */
export function Refused() {
  return (
    <DraftDialog
      session={account.viewer}
      teams={[]}
      busy={false}
      error={forbidden}
      onSubmit={nothing}
      onClose={nothing}
    />
  );
}

export function Secret() {
  return <SecretDialog made={account.created} origin={ORIGIN} onClose={nothing} />;
}

export function Confirm({ to }: { to: "rotate" | "revoke" }) {
  const Dialog = to === "rotate" ? RotateDialog : RevokeDialog;
  return (
    <Dialog
      token={account.payment}
      busy={false}
      error={undefined}
      onConfirm={nothing}
      onClose={nothing}
    />
  );
}

export function SignInOver() {
  return <SignInAgain username={account.admin.name} onDone={nothing} />;
}

export function Palettes() {
  const commands = useCommands(nothing);
  return <Palette commands={commands.list} onClose={nothing} />;
}

export function Help() {
  return <KeyboardHelp mac={false} onClose={nothing} />;
}
