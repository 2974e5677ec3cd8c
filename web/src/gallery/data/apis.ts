// SPDX-License-Identifier: Apache-2.0
import type {
  ApiCounts,
  ApiPackageItem,
  ApiParty,
  ApiRepositoryItem,
  ApiRepositoryPage,
  ApiRevision,
  ServiceGrpc,
} from "@/api/generated";
import { daysAgo, hoursAgo } from "./time";

export const REPOSITORY = "acme-protos";
export const PACKAGE = "acme.payment.v1";
const COMMIT = "9f31c02b7d5e4a6f8c1d2e3b4a5968778695a4b3";

const counts: ApiCounts = {
  files: 214,
  packages: 31,
  services: 58,
  methods: 402,
  messages: 1_933,
  fields: 9_204,
  enums: 221,
  values: 1_480,
  extensions: 12,
};

export const revision = (number: number, more: Partial<ApiRevision> = {}): ApiRevision => ({
  number,
  current: number === 41,
  applied: true,
  receivedAt: number === 41 ? hoursAgo(3) : daysAgo(42 - number),
  principal: "token:acme-protos#4",
  commit: COMMIT.slice(number % 7) + COMMIT.slice(0, number % 7),
  commitTime: daysAgo(42 - number),
  branch: "main",
  sequence: null,
  runUrl: "https://ci.example/acme/protos/runs/1208",
  files: 214,
  bytes: 1_834_220,
  sourceInfo: true,
  changed: 3,
  breaking: 0,
  counts,
  ...more,
});

export const revisions: ApiRevision[] = [
  revision(41, { breaking: 3, changed: 6 }),
  revision(40),
  revision(39, { applied: false, changed: 1 }),
  revision(38, { principal: "user:saki", commit: null, branch: null, runUrl: null }),
  revision(37, { breaking: 1, changed: 12 }),
  // Published before revisions were counted.
  revision(36, { files: 212, bytes: 1_810_004, counts: null }),
];

const item = (name: string, more: Partial<ApiRepositoryItem> = {}): ApiRepositoryItem => ({
  name,
  lastSeenAt: hoursAgo(1),
  source: "token:acme-protos#4",
  revisions: 41,
  revision: revision(41, { breaking: 3, changed: 6 }),
  counts,
  ...more,
});

export const repositories = {
  items: [
    item(REPOSITORY),
    item("googleapis", {
      lastSeenAt: daysAgo(2),
      source: "user:saki",
      revision: revision(41, { number: 7, branch: "master" }),
      revisions: 7,
      counts: { ...counts, packages: 1_104, services: 2_310, messages: 48_211 },
    }),
    item("partner-api", {
      lastSeenAt: daysAgo(20),
      revisions: 1,
      revision: revision(41, { number: 1, commit: null, branch: null, runUrl: null }),
      counts: { ...counts, packages: 2, services: 3, messages: 40 },
    }),
  ],
};

const NAMES = [
  "acme.catalog.v1",
  "acme.coupon.v1",
  "acme.ledger.internal.v1",
  "acme.notification.v1",
  "acme.options",
  "acme.order.v1",
  "acme.order.v2",
  PACKAGE,
  "acme.payment.v1.internal",
  "acme.payment.v1beta1",
  "acme.risk.scoring.v1",
  "acme.wallet.v1",
  "google.api",
  "google.longrunning",
  "google.protobuf",
  "google.rpc",
  "google.type",
];

const packages: ApiPackageItem[] = NAMES.map((name, i) => ({
  name,
  services: i % 3,
  messages: 4 + i * 3,
  enums: i % 4,
  files: 1 + (i % 5),
}));

export const repositoryPage: ApiRepositoryPage = {
  repository: item(REPOSITORY),
  revision: revision(41, { breaking: 3, changed: 6 }),
  packages,
};

export const oldPage: ApiRepositoryPage = {
  ...repositoryPage,
  revision: revision(36, { sourceInfo: false }),
};

/** As many as a public repository has. */
export const widePage: ApiRepositoryPage = {
  ...repositoryPage,
  packages: Array.from({ length: 1_200 }, (_, i) => ({
    name: `google.cloud.area${String(i % 240).padStart(3, "0")}.v${1 + Math.floor(i / 240)}`,
    services: 1,
    messages: 12,
    enums: 2,
    files: 3,
  })),
};

export const providers: ApiParty[] = [
  { service: "acme-payment", team: "payments-core", method: null },
];

export const consumers: ApiParty[] = [
  { service: "acme-checkout", team: "storefront", method: "Charge" },
  { service: "acme-checkout", team: "storefront", method: "GetCharge" },
  { service: "acme-subscription-billing", team: "growth", method: null },
  { service: "acme-wallet", team: null, method: "WatchCharges" },
];

const use = (name: string, parties: ApiParty[] = [], deprecated = false) => ({
  name,
  deprecated,
  clientStreaming: name === "ImportCharges",
  serverStreaming: name === "WatchCharges",
  consumers: parties,
});

export const serviceGrpc: ServiceGrpc = {
  provides: [
    {
      name: `${PACKAGE}.PaymentService`,
      repositories: [REPOSITORY],
      deprecated: false,
      summary: "Charges a wallet, a card or a bank account, once per idempotency key.",
      methods: [
        use("Charge", consumers.slice(0, 1)),
        use("GetCharge", consumers.slice(1, 2)),
        use("WatchCharges", consumers.slice(3)),
        use("ImportCharges"),
        use("ChargeCard", [], true),
      ],
      consumers,
    },
    {
      name: "acme.refund.v1.RefundService",
      repositories: [],
      deprecated: false,
      summary: null,
      methods: [],
      consumers: [],
    },
  ],
  consumes: [
    {
      name: "acme.risk.scoring.v1.RiskService",
      method: "Score",
      repositories: [REPOSITORY],
      known: true,
      deprecated: false,
      providers: [{ service: "acme-risk-scoring", team: "risk", method: null }],
    },
    {
      name: "acme.ledger.internal.v1.LedgerService",
      method: null,
      repositories: [REPOSITORY],
      known: true,
      deprecated: true,
      providers: [],
    },
    {
      name: "acme.order.v1.OrderService",
      method: "Lock",
      repositories: [REPOSITORY],
      known: false,
      deprecated: false,
      providers: [{ service: "acme-order", team: "storefront", method: null }],
    },
  ],
};
