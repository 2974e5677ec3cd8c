// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { WebhookChange, WebhookDelivery, WebhookDraft } from "@/api/generated";
import { keys } from "@/api/keys";

export const webhooksQuery = queryOptions({
  queryKey: keys.webhooks,
  queryFn: ({ signal }) => call("GET /api/v1/webhooks", { signal }),
  // Deliveries change by themselves, and no hint tells of them.
  refetchInterval: 5000,
});

export type DeliveryState = WebhookDelivery["state"];

export const deliveriesQuery = (id: number, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.webhookDeliveries(id, state),
    queryFn: ({ signal, pageParam }) =>
      call("GET /api/v1/webhooks/{id}/deliveries", {
        path: { id },
        query: { ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5000,
  });

export const createWebhook = (draft: WebhookDraft) =>
  call("POST /api/v1/webhooks", { body: draft });

export const changeWebhook = (id: number, body: WebhookChange) =>
  call("PATCH /api/v1/webhooks/{id}", { path: { id }, body });

/** Of more than its state: only what was seen is changed. */
export const editWebhook = (id: number, version: number, body: WebhookChange) =>
  call("PATCH /api/v1/webhooks/{id}", { path: { id }, version, body });

export const enableWebhook = (id: number) =>
  call("POST /api/v1/webhooks/{id}/enable", { path: { id } });

export const deleteWebhook = (id: number) => call("DELETE /api/v1/webhooks/{id}", { path: { id } });

export const rotateWebhook = (id: number) =>
  call("POST /api/v1/webhooks/{id}/rotate", { path: { id } });

export const testWebhook = (id: number) =>
  call("POST /api/v1/webhooks/{id}/test", { path: { id } });

export const retryDelivery = (id: number, delivery: number) =>
  call("POST /api/v1/webhooks/{id}/deliveries/{delivery}/retry", { path: { id, delivery } });

/** All of it: a call takes some thousand events, and says where to go on. */
export async function replayWebhook(id: number, since: string): Promise<number> {
  let total = 0;
  for (let after: string | undefined; ; ) {
    const done = await call("POST /api/v1/webhooks/{id}/replay", {
      path: { id },
      body: after ? { after, since } : { since },
    });
    total += done.events;
    if (done.next === null) {
      return total;
    }
    after = done.next;
  }
}
