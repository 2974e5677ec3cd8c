// SPDX-License-Identifier: Apache-2.0
import type { ApiPolicy, ApiWaiver } from "@/api/generated";
import { daysAgo, hoursAgo, inDays } from "./time";

export const policy: ApiPolicy = {
  version: 7,
  changedBy: "user:saki",
  changedAt: daysAgo(9),
  items: [
    { prefix: "", use: ["FILE", "MDASH"], except: [], ignoreUnstable: true },
    {
      prefix: "acme.ledger.internal",
      use: ["WIRE", "RPC_NO_DELETE"],
      except: ["FIELD_SAME_DEFAULT", "MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR"],
      ignoreUnstable: false,
    },
    { prefix: "google", use: [], except: [], ignoreUnstable: false },
  ],
};

export const untouched: ApiPolicy = {
  version: 0,
  changedBy: null,
  changedAt: null,
  items: [{ prefix: "", use: ["FILE"], except: [], ignoreUnstable: false }],
};

/** Somebody else saved this in the meantime; no row fits every package. */
export const theirs: ApiPolicy = {
  version: 8,
  changedBy: "user:kenji",
  changedAt: hoursAgo(1),
  items: [{ prefix: "acme", use: ["PACKAGE"], except: ["FIELD_SAME_NAME"], ignoreUnstable: true }],
};

const waiver = (id: number, more: Partial<ApiWaiver>): ApiWaiver => ({
  id,
  rule: "HTTP_BINDING_CHANGED",
  subject: "acme.payment.v1.PaymentService.Charge",
  reason: "旧パスの利用者は決済基盤チームだけで、移行は 12 月 1 日に完了します。",
  until: inDays(12),
  grantedBy: "user:saki",
  grantedAt: daysAgo(3),
  endedBy: null,
  endedAt: null,
  state: "active",
  ...more,
});

export const active: ApiWaiver[] = [
  waiver(12, {}),
  waiver(11, {
    rule: null,
    subject: "acme.order.v1",
    reason: "Nobody calls v1 any more: asked every team on 20 November.\nIt is removed next week.",
    until: inDays(30),
  }),
];

export const past: ApiWaiver[] = [
  waiver(9, { state: "expired", until: daysAgo(2), grantedAt: daysAgo(32) }),
  waiver(8, {
    state: "ended",
    rule: "FIELD_SAME_TYPE",
    subject: "acme/wallet/v1/wallet.proto",
    endedBy: "user:kenji",
    endedAt: daysAgo(6),
  }),
];
