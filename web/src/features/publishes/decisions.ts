// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { describeLine } from "@/api/describe";
import type { PublishResult } from "@/api/generated";
import { keys } from "@/api/keys";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { approve, reject } from "./api";
import { texts } from "./messages";

export interface Decisions {
  approve: (publisher: string) => void;
  reject: (publisher: string) => void;
  busy: boolean;
}

/** Carries held deletions out or drops them, and says what came of it. */
export function useDecisions(): Decisions {
  const { t } = useI18n(texts);
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ publisher, yes }: { publisher: string; yes: boolean }) =>
      (yes ? approve : reject)(publisher) as Promise<PublishResult | undefined>,
    onSuccess: (result) =>
      toast(result ? t.publishes.approved(result.tombstoned) : t.publishes.rejected),
    onError: (error) =>
      toast(isStatus(error, 404) ? t.publishes.gone : describeLine(error, t), "bad"),
    // The event stream would say so, too, but may be down.
    onSettled: () => {
      client.invalidateQueries({ queryKey: keys.services });
      client.invalidateQueries({ queryKey: keys.teams });
      return client.invalidateQueries({ queryKey: keys.held });
    },
  });
  return {
    approve: (publisher) => decide.mutate({ publisher, yes: true }),
    reject: (publisher) => decide.mutate({ publisher, yes: false }),
    busy: decide.isPending,
  };
}
