// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { describeLine } from "@/api/describe";
import { keys } from "@/api/keys";
import { useI18n } from "@/i18n";
import { toast } from "@/ui/Toast";
import { cancel, pause, retry, run } from "./api";
import { texts } from "./messages";

export interface Wishes {
  retry: (id: number) => void;
  cancel: (id: number) => void;
  run: (schedule: string) => void;
  pause: (schedule: string, paused: boolean) => void;
  busy: boolean;
}

/** What an administrator may ask of the worker; says what came of it. */
export function useWishes(): Wishes {
  const { t } = useI18n(texts);
  const client = useQueryClient();
  const wish = useMutation({
    mutationFn: async ({ ask, said }: { ask: () => Promise<unknown>; said: string }) => {
      await ask();
      return said;
    },
    onSuccess: (said) => toast(said),
    onError: (error) => toast(describeLine(error, t), "bad"),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keys.schedules });
      return client.invalidateQueries({ queryKey: keys.jobs });
    },
  });
  return {
    retry: (id) => wish.mutate({ ask: () => retry(id), said: t.jobs.retried(id) }),
    cancel: (id) => wish.mutate({ ask: () => cancel(id), said: t.jobs.cancelled(id) }),
    run: (name) => wish.mutate({ ask: () => run(name), said: t.jobs.started(name) }),
    pause: (name, paused) =>
      wish.mutate({
        ask: () => pause(name, paused),
        said: paused ? t.jobs.paused(name) : t.jobs.resumed(name),
      }),
    busy: wish.isPending,
  };
}
