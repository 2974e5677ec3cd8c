// SPDX-License-Identifier: Apache-2.0
import type { ApiChange, ApiDiff, ApiFinding, ApiImpact } from "@/api/generated";
import { PACKAGE, REPOSITORY, revision } from "./apis";
import { inDays } from "./time";

const FILE = "acme/payment/v1/payment.proto";
const CHARGE = `${PACKAGE}.PaymentService.Charge`;

const impact: ApiImpact[] = [
  { service: "acme-checkout", team: "storefront", role: "consumes", rpcs: [CHARGE] },
  {
    service: "acme-subscription-billing",
    team: "growth",
    role: "consumes",
    rpcs: [`${PACKAGE}.PaymentService`],
  },
  {
    service: "acme-payment",
    team: "payments-core",
    role: "provides",
    rpcs: [`${PACKAGE}.PaymentService`],
  },
];

const finding = (rule: string, more: Partial<ApiFinding>): ApiFinding => ({
  rule,
  categories: ["FILE", "PACKAGE"],
  path: FILE,
  line: 41,
  column: 3,
  package: PACKAGE,
  fullName: null,
  detail: "",
  before: null,
  after: null,
  peers: ["source"],
  fix: "",
  verdict: "breaking",
  waiver: null,
  impact: [],
  ...more,
});

const change = (
  how: ApiChange["how"],
  kind: ApiChange["kind"],
  fullName: string,
  more: Partial<ApiChange> = {},
): ApiChange => ({
  how,
  kind,
  fullName,
  path: FILE,
  line: 52,
  before: null,
  after: null,
  onlyComment: false,
  ...more,
});

const none = { breaking: 0, waived: 0, allowed: 0, added: 0, removed: 0, changed: 0 };

export const diff: ApiDiff = {
  repository: REPOSITORY,
  from: revision(40),
  to: revision(41),
  counts: {
    findings: 4,
    breaking: 2,
    waived: 1,
    allowed: 1,
    added: 112,
    removed: 2,
    changed: 105,
    files: 6,
  },
  packages: [
    {
      package: "acme.coupon.v1",
      counts: { ...none, added: 1, changed: 1 },
      findings: [],
      findingsLeftOut: 0,
      changes: [
        change("added", "message", "acme.coupon.v1.Campaign", { path: "acme/coupon/v1/c.proto" }),
        change("changed", "field", "acme.coupon.v1.Coupon.code", {
          onlyComment: true,
          before: " The code.",
          after: " The code that people type, in capitals.",
        }),
      ],
      changesLeftOut: 0,
    },
    {
      package: PACKAGE,
      counts: { breaking: 2, waived: 1, allowed: 1, added: 111, removed: 2, changed: 102 },
      findingsLeftOut: 0,
      findings: [
        finding("FIELD_SAME_TYPE", {
          categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"],
          fullName: `${PACKAGE}.ChargeRequest.retries`,
          detail: "Field “9” with name “retries” changed type from “int32” to “string”.",
          before: "int32 retries = 9",
          after: "string retries = 9",
          peers: ["wire", "json", "source"],
          fix: "Add a new field with another number, and reserve 9.",
          impact,
        }),
        finding("RPC_NO_DELETE", {
          fullName: `${PACKAGE}.PaymentService.Refund`,
          detail: "Previously present RPC “Refund” on service “PaymentService” was deleted.",
          before: "rpc Refund(RefundRequest) returns (Charge)",
          peers: ["wire", "json", "source"],
          fix: "Keep the method with option deprecated = true until nobody calls it.",
          impact: impact.slice(1, 2),
        }),
        finding("HTTP_BINDING_CHANGED", {
          categories: ["MDASH"],
          fullName: CHARGE,
          detail: "The HTTP binding of the method changed.",
          before: "POST /v1/charge",
          after: "POST /v1/charges",
          peers: ["json"],
          fix: "Keep the old path as an additional binding.",
          verdict: "waived",
          waiver: {
            id: 12,
            reason: "旧パスの利用者は決済基盤チームだけで、移行は 12 月 1 日に完了します。",
            until: inDays(12),
            grantedBy: "user:saki",
          },
        }),
        finding("FILE_SAME_GO_PACKAGE", {
          categories: ["FILE", "PACKAGE"],
          line: 9,
          detail: 'File option "go_package" changed from "acme/pay" to "acme/payment".',
          before: "acme/pay",
          after: "acme/payment",
          fix: "Keep the option as it was.",
          verdict: "allowed",
        }),
      ],
      changes: [
        change("added", "field", `${PACKAGE}.ChargeRequest.labels`, {
          after: "map<string, string> labels = 6",
        }),
        change("changed", "method", CHARGE, { before: "", after: "idempotency idempotent" }),
        change("removed", "value", `${PACKAGE}.ChargeState.LOST`, { before: "LOST = 4" }),
      ],
      changesLeftOut: 212,
    },
  ],
  impact,
};

export const calmDiff: ApiDiff = {
  ...diff,
  counts: { ...diff.counts, findings: 0, breaking: 0, waived: 0, allowed: 0 },
  packages: diff.packages.slice(0, 1),
  impact: [],
};

/** What many services are made of has changed. */
const wide: ApiImpact[] = [
  ..."cart catalog checkout coupon gift-card invoice ledger loyalty returns wallet wishlist"
    .split(" ")
    .map((name) => ({ ...impact[0], service: `acme-${name}` }) as ApiImpact),
  ...impact.slice(2),
];
export const wideDiff: ApiDiff = {
  ...diff,
  packages: diff.packages.map((each) => ({
    ...each,
    findings: each.findings.map((one) => (one.impact.length > 1 ? { ...one, impact: wide } : one)),
  })),
  impact: wide,
};

const large = (name: string, breaking: number, given: number): ApiDiff["packages"][number] => ({
  package: name,
  counts: { ...none, breaking, allowed: 40, added: 3_100, removed: 812 },
  findings: diff.packages.flatMap((each) => each.findings).slice(0, given),
  findingsLeftOut: breaking + 40 - given,
  changes: [],
  changesLeftOut: 3_912,
});

/** A jump of years: not everything came along. */
export const largeDiff: ApiDiff = {
  ...diff,
  counts: { ...diff.counts, findings: 5_640, breaking: 5_480, allowed: 160, waived: 0, files: 880 },
  packages: [
    large("google.ads.googleads.v19", 1_800, 2),
    large("google.ads.googleads.v20", 1_900, 0),
    large("google.cloud.compute.v1", 1_780, 0),
    large("", 0, 0),
  ],
  impact: impact.slice(0, 1),
};
