// SPDX-License-Identifier: Apache-2.0
import type { Webhook, WebhookDelivery } from "@/api/generated";
import { daysAgo, hoursAgo, inDays, minutesAgo } from "./time";

const webhook = (id: number, part: Partial<Webhook>): Webhook => ({
  id,
  name: "todo-system",
  url: "https://todo.acme.example/hooks/mdash",
  types: ["todo.*", "campaign.*"],
  teams: [],
  campaigns: [],
  ordered: true,
  format: "cloudevents",
  state: "active",
  reason: null,
  failingSince: null,
  version: 3,
  createdBy: "user:saki",
  createdAt: daysAgo(40),
  changedAt: daysAgo(2),
  secretAt: hoursAgo(3),
  oldSecretUntil: inDays(1),
  waiting: 0,
  dead: 0,
  ...part,
});

export const chat = webhook(3, {
  name: "chat",
  url: "https://chat.acme.example/in/b7c1",
  types: ["publish.failed", "api.breaking"],
  teams: ["payments-core"],
  ordered: false,
  format: "slack",
  failingSince: minutesAgo(20),
  waiting: 14,
  dead: 1,
});

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

export const webhooks: Webhook[] = [
  webhook(4, {
    name: "監査ログ",
    types: ["*"],
    ordered: false,
    format: "cloudevents",
    state: "disabled",
    reason: "every delivery of five days failed",
    failingSince: daysAgo(5),
    dead: 812,
  }),
  chat,
  webhook(2, { name: "staging", state: "paused", types: ["service.*"], waiting: 120 }),
  webhook(1, {}),
];

const delivery = (id: number, part: Partial<WebhookDelivery>): WebhookDelivery => ({
  id,
  messageID: `5d1f08a3-${4700 + id}`,
  event: String(4700 + id),
  type: "todo.done",
  kind: "todo",
  subject: "815",
  sequence: id,
  state: "delivered",
  attempts: 1,
  replays: 0,
  nextAt: null,
  firstAt: minutesAgo(9),
  lastAt: minutesAgo(9),
  status: 204,
  error: null,
  answer: "",
  tookMs: 41,
  createdAt: minutesAgo(9),
  endedAt: minutesAgo(9),
  ...part,
});

export const deliveries: WebhookDelivery[] = [
  delivery(6, { state: "sending", status: null, tookMs: null, createdAt: minutesAgo(0) }),
  delivery(5, {
    state: "waiting",
    attempts: 3,
    status: 503,
    error: "the answer was 503",
    answer: "<html><h1>Service Unavailable</h1></html>",
    nextAt: inDays(0.02),
    createdAt: minutesAgo(6),
  }),
  delivery(4, {}),
  delivery(3, {
    type: "campaign.launched",
    kind: "campaign",
    subject: "alert-channel",
    state: "dead",
    attempts: 10,
    status: null,
    error:
      "Failed to connect to todo.acme.example port 443 after 5001 ms: Couldn't connect to server",
    tookMs: 5001,
    createdAt: daysAgo(4),
  }),
];
