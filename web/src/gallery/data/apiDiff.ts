// SPDX-License-Identifier: Apache-2.0
import type { ApiChange, ApiDiff, ApiFinding, ApiImpact } from "@/api/generated";
import { PACKAGE, REPOSITORY, revision } from "./apis";

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

export const diff: ApiDiff = {
  repository: REPOSITORY,
  from: revision(40),
  to: revision(41),
  counts: { findings: 3, added: 4, removed: 2, changed: 7, files: 6 },
  packages: [
    {
      package: "acme.coupon.v1",
      findings: [],
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
        finding("HTTP_PATH_CHANGED", {
          categories: ["MDASH"],
          fullName: CHARGE,
          detail: "The HTTP path of the method changed.",
          before: "POST /v1/charge",
          after: "POST /v1/charges",
          peers: ["json"],
          fix: "Keep the old path as an additional binding.",
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
  counts: { ...diff.counts, findings: 0 },
  packages: diff.packages.slice(0, 1),
  impact: [],
};
