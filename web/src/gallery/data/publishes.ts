// SPDX-License-Identifier: Apache-2.0
import type { FailedPublish, FailedPublishDetail, Fault, HeldPublishList } from "@/api/generated";
import { daysAgo, hoursAgo, minutesAgo } from "./time";

const COMMIT = "9f31c02b7d5e4a6f8c1d2e3b4a5968778695a4b3";

const faults: Fault[] = [
  { pointer: "/tier", line: 10, column: 7, code: "range", detail: "must be from 1 to 4" },
  {
    pointer: "/contact/email",
    line: 8,
    column: 10,
    code: "format",
    detail: "must be a mail address",
  },
  { pointer: "/tagz", line: 11, column: 1, code: "unknown", detail: "did you mean “tags”?" },
];

const failed = (id: number, service: string | null, part: Partial<FailedPublish> = {}) => ({
  id,
  service,
  repository: null,
  team: service ? "payments-core" : null,
  publisher: "acme-specs",
  firstAt: hoursAgo(5),
  lastAt: minutesAgo(18),
  attempts: 4,
  principal: "token:acme-specs#3",
  commit: COMMIT,
  runUrl: "https://ci.example/acme/payment/runs/481",
  faults: 3,
  first: faults[0] as Fault,
  resolvedAt: null,
  ...part,
});

const syntax: Fault = {
  pointer: "",
  line: 3,
  column: 14,
  code: "syntax",
  detail: "a mapping value is not allowed here",
};

const imports: Fault[] = ["acme/money/v1/money.proto", "acme/type/v1/address.proto"].map(
  (path) => ({
    pointer: "#",
    code: "missing-import",
    detail: `${path} is imported but neither in the set nor stored; make the set with its imports`,
  }),
);

const refusedSet = failed(70, null, {
  repository: "acme-protos",
  publisher: null,
  principal: "token:acme-protos#2",
  runUrl: "https://ci.example/acme/protos/runs/77",
  attempts: 2,
  faults: 2,
  firstAt: hoursAgo(4),
  lastAt: hoursAgo(3),
  first: imports[0] as Fault,
});

export const failures: FailedPublish[] = [
  failed(71, "acme-payment"),
  refusedSet,
  failed(68, "acme-invoice-batch", { attempts: 1, faults: 1, lastAt: daysAgo(1) }),
  failed(64, null, {
    faults: 1,
    attempts: 1,
    lastAt: daysAgo(3),
    first: syntax,
    publisher: null,
    principal: "user:saki",
    commit: null,
    runUrl: null,
  }),
];

export const held: HeldPublishList = {
  items: [
    {
      publisher: "acme-specs",
      heldAt: hoursAgo(2),
      principal: "token:acme-specs#3",
      commit: COMMIT,
      runUrl: "https://ci.example/acme/specs/runs/512",
      of: 12,
      missing: [
        "acme-coupon-batch",
        "acme-coupon-store",
        "acme-identity-api",
        "acme-invoice-batch",
        "acme-listing-search",
        "acme-risk-scoring",
        "acme-shipping-labels",
      ],
    },
  ],
};

export const failureDetail: FailedPublishDetail = {
  failure: failed(71, "acme-payment"),
  faults,
  source: `# 決済サービス
serviceID: acme-payment
description: Charges a wallet
corporation: ACME
teamName: payments-core
contact:
  slack: { generalChannelId: C0123456 }
  email: payment at acme
lifecycle: production
tier: 7
tagz: [payments]
`,
};

export const resolvedDetail: FailedPublishDetail = {
  ...failureDetail,
  failure: failed(71, "acme-payment", { resolvedAt: minutesAgo(4) }),
};

export const setDetail: FailedPublishDetail = {
  failure: refusedSet,
  faults: imports,
  source: null,
};
