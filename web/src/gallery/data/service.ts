// SPDX-License-Identifier: Apache-2.0
import type { Change, Event, FailedPublish, Service, ServicePage, Version } from "@/api/generated";
import { daysAgo, hoursAgo, minutesAgo } from "./time";

export const ID = "acme-payment";
const COMMIT = "9f31c02b7d5e4a6f8c1d2e3b4a5968778695a4b3";
const RUN = "https://ci.example/acme/payment/runs/481";

const version = (number: number, received: string, changed: string[]): Version => ({
  number,
  current: number === 12,
  applied: number !== 11,
  receivedAt: received,
  validFrom: number === 11 ? null : received,
  validTo: number === 12 || number === 11 ? null : hoursAgo(3),
  sequence: 470 + number,
  commit: COMMIT.slice(number % 7) + COMMIT.slice(0, number % 7),
  commitTime: received,
  branch: "main",
  runUrl: RUN,
  publisher: "acme-specs",
  principal: "token:acme-specs#3",
  changed,
});

export const versions: Version[] = [
  version(12, hoursAgo(3), ["contact.slack.alertChannelId", "description", "tags[pci]"]),
  version(11, hoursAgo(4), []),
  version(10, daysAgo(2), ["tier"]),
  version(9, daysAgo(16), ["dependsOn[acme-risk-scoring]", "grpc.consumes"]),
  version(8, daysAgo(70), ["lifecycle"]),
];

export const changes: Change[] = [
  {
    path: "contact.slack.alertChannelId",
    kind: "changed",
    before: "C12345678",
    after: "C87654321",
  },
  {
    path: "description",
    kind: "changed",
    before: "Charges a wallet or a card",
    after: "Charges a wallet, a card or a bank account",
  },
  { path: "legacyQueue", kind: "removed", before: { name: "charge-v1", shards: 4 } },
  { path: "tags[pci]", kind: "added", after: "pci" },
];

const event = (id: number, type: Event["type"], time: string, data: Event["data"]): Event => ({
  id: String(id),
  type,
  time,
  kind: "service",
  subject: ID,
  sequence: id,
  actor: id % 2 ? "token:acme-specs#3" : "user:saki",
  data,
});

export const events: Event[] = [
  event(9, "service.updated", hoursAgo(3), {
    version: 12,
    changed: ["contact.slack.alertChannelId", "description", "tags[pci]"],
    commit: COMMIT,
    runUrl: RUN,
  }),
  event(8, "publish.failed", hoursAgo(5), { faults: 3 }),
  event(7, "service.updated", daysAgo(1), { version: 10, changed: ["tier"], commit: COMMIT }),
  event(6, "service.restored", daysAgo(3), { version: 9 }),
  event(5, "service.tombstoned", daysAgo(4), { publisher: "acme-specs" }),
  event(4, "service.updated", daysAgo(16), {
    version: 9,
    changed: ["dependsOn", "grpc.consumes", "links", "tags", "team", "tier", "contact.email"],
  }),
  event(1, "service.created", daysAgo(120), { version: 1, commit: COMMIT }),
];

const ofApi = (each: Event): Event => ({ ...each, kind: "api", subject: "acme-protos" });

/** What happens to a proto repository. */
export const apiEvents: Event[] = [
  ofApi(
    event(9, "api.breaking", hoursAgo(3), {
      version: 41,
      breaking: 2,
      services: ["acme-checkout", "acme-subscription-billing", ID],
      commit: COMMIT,
      runUrl: RUN,
    }),
  ),
  ofApi(event(8, "publish.failed", hoursAgo(5), { faults: 3, commit: COMMIT })),
  ofApi(event(7, "api.updated", daysAgo(1), { version: 40, commit: COMMIT })),
  ofApi(event(6, "publish.resolved", daysAgo(3), {})),
  ofApi(event(1, "api.updated", daysAgo(120), { version: 1, commit: COMMIT })),
];

const spec = {
  serviceID: ID,
  description: "Charges a wallet, a card or a bank account",
  corporation: "ACME",
  teamName: "payments-core",
  contact: {
    slack: { generalChannelId: "C0123456", alertChannelId: "C87654321" },
    email: "payment@acme.example",
  },
  lifecycle: "production",
  tier: 1,
  tags: ["payments", "grpc", "pci"],
  dependsOn: ["acme-wallet", "acme-risk-scoring", "acme-ledger"],
  oncall: { rotation: "payments-primary", escalateAfterMinutes: 15 },
};

export const source = `# 決済サービス
serviceID: acme-payment
description: Charges a wallet, a card or a bank account
corporation: ACME
teamName: payments-core
contact:
  slack: { generalChannelId: C0123456, alertChannelId: C87654321 }
  email: payment@acme.example
lifecycle: production
tier: 1
tags: [payments, grpc, pci]
dependsOn: [acme-wallet, acme-risk-scoring, acme-ledger]
oncall:
  rotation: payments-primary
  escalateAfterMinutes: 15
`;

export const detail = { version: version(12, hoursAgo(3), []), spec, source, changes };

const service: Service = {
  id: ID,
  description:
    "Charges a wallet, a card or a bank account.\nウォレット・カード・口座への請求を受け付け、取引を台帳に記録します。",
  corporation: "ACME",
  team: "payments-core",
  lifecycle: "production",
  tier: 1,
  tags: ["payments", "grpc", "pci"],
  contact: {
    email: "payment@acme.example",
    slackGeneral: "C0123456",
    slackAlert: "C87654321",
  },
  repository: "https://git.example/acme/payment",
  links: [
    { title: "Runbook", url: "https://wiki.example/payment/runbook" },
    { title: "障害対応の手順", url: "https://wiki.example/payment/incident" },
  ],
  grpc: {
    provides: ["acme.payment.v1.PaymentService", "acme.payment.v1.RefundService"],
    consumes: ["acme.wallet.v1.WalletService/Debit", "acme.risk.v2.ScoringService/Score"],
  },
  dependsOn: [
    { id: "acme-wallet", known: true },
    { id: "acme-risk-scoring", known: true },
    { id: "acme-ledger", known: false },
  ],
  dependents: [
    { id: "acme-coupon-store", known: true },
    { id: "nq-storefront-bff", known: true },
  ],
  kubernetes: [
    { environment: "development", cluster: "dev-1", namespace: "acme-payment-dev" },
    { environment: "production", cluster: "prod-1", namespace: "acme-payment-prod" },
  ],
  previousServiceIDs: ["acme-charge"],
  extra: { oncall: spec.oncall },
  spec,
  version: version(12, hoursAgo(3), ["description"]),
  versions: 12,
  publisher: "acme-specs",
  createdAt: daysAgo(120),
  publishedAt: hoursAgo(3),
  tombstone: null,
  failure: null,
  activity: events,
};

const freshness = { source: "acme-specs", lastSeenAt: minutesAgo(24) };
export const page: ServicePage = { service, freshness };

/** A spec that says nothing but its id. */
export const barePage: ServicePage = {
  service: {
    ...service,
    description: null,
    corporation: null,
    team: null,
    lifecycle: null,
    tier: null,
    tags: [],
    contact: { email: null, slackGeneral: null, slackAlert: null },
    repository: null,
    links: [],
    grpc: { provides: [], consumes: [] },
    dependsOn: [],
    dependents: [],
    kubernetes: [],
    previousServiceIDs: [],
    extra: {},
    versions: 1,
    activity: [],
  },
  freshness,
};

const failure: FailedPublish = {
  id: 71,
  service: ID,
  team: "payments-core",
  publisher: "acme-specs",
  firstAt: hoursAgo(5),
  lastAt: minutesAgo(18),
  attempts: 4,
  principal: "token:acme-specs#3",
  commit: COMMIT,
  runUrl: RUN,
  faults: 3,
  first: { pointer: "/tier", line: 10, column: 7, code: "range", detail: "must be from 1 to 4" },
  resolvedAt: null,
};

export const failingPage: ServicePage = { service: { ...service, failure }, freshness };

export const deletedPage: ServicePage = {
  service: { ...service, tombstone: { at: daysAgo(1), publisher: "acme-specs" } },
  freshness,
};
