// SPDX-License-Identifier: Apache-2.0
// Dialogs of webhooks that follow an answer, as scenes draw them.
import { useEffect, useState } from "react";
import { ApiError } from "@/api/problem";
import { DraftDialog } from "@/features/settings/webhooks/DraftDialog";
import { draftOf } from "@/features/settings/webhooks/model";
import { SecretDialog } from "@/features/settings/webhooks/WebhookDialogs";
import { chat, secret } from "./data/webhooks";

const nothing = () => {};
const refused = new ApiError({
  type: "/problems/invalid-fields",
  title: "Some fields are not valid",
  status: 422,
  instance: "6f2d0c1b9a8e4d7f",
  errors: [
    { pointer: "#/url", code: "format", detail: "must be an https:// URL" },
    { pointer: "#/types/0", code: "unknown", detail: "no type of events is like this" },
  ],
});
const seen = draftOf(chat);
const theirs = {
  ...seen,
  url: "https://chat.acme.example/hooks/v2/payments",
  types: "publish.failed\napi.breaking\ntodo.*",
  ordered: true,
};

/** Somebody else saves while the dialog is open. */
export function HookMeanwhile() {
  const [current, setCurrent] = useState(seen);
  useEffect(() => setCurrent(theirs), []);
  return (
    <DraftDialog
      current={current}
      busy={false}
      error={undefined}
      onSubmit={nothing}
      onClose={nothing}
    />
  );
}

/** The server found faults that the page could not. */
export function HookRefused() {
  return (
    <DraftDialog current={seen} busy={false} error={refused} onSubmit={nothing} onClose={nothing} />
  );
}

export function HookSecret() {
  return <SecretDialog made={{ webhook: chat, secret }} onClose={nothing} />;
}
