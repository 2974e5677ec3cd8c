// SPDX-License-Identifier: Apache-2.0
import type { Session, Token, TokenCreated } from "@/api/generated";
import { daysAgo, hoursAgo, inDays, minutesAgo } from "./time";

export const admin: Session = {
  subject: "user:admin",
  kind: "session",
  name: "admin",
  displayName: "Saki Tanaka",
  role: "admin",
  scopes: ["admin"],
  teams: ["payments-core"],
  expiresAt: inDays(7),
  mustChangePassword: false,
  version: "0.1.0",
};

export const viewer: Session = {
  ...admin,
  subject: "user:kenji",
  name: "kenji",
  displayName: "佐藤 健二",
  role: "viewer",
  scopes: ["catalog:read"],
  teams: [],
};

const token = (id: number, part: Partial<Token>): Token => ({
  id,
  kind: "ci",
  name: "payment-repo main",
  hint: "mdc_a1B2…",
  team: "payments-core",
  owner: null,
  scopes: ["ingest:write"],
  services: [],
  createdBy: "user:saki",
  createdAt: daysAgo(20),
  expiresAt: inDays(70),
  lastUsedAt: minutesAgo(12),
  lastUsedFrom: "10.20.4.17",
  revokedAt: null,
  rotatedFrom: null,
  state: "active",
  ...part,
});

export const payment = token(9, { services: ["acme-pay*", "acme-invoice-*"] });

export const tokens: Token[] = [
  payment,
  token(8, {
    name: "coupon-repo のマージ前チェック",
    hint: "mdc_Qx7z…",
    team: "points-coupons",
    scopes: ["ingest:validate"],
    lastUsedAt: null,
    lastUsedFrom: null,
    rotatedFrom: 6,
  }),
  token(7, {
    kind: "system",
    name: "TODO system",
    hint: "mds_0kLm…",
    team: null,
    scopes: ["catalog:read", "events:read"],
    createdBy: "operator",
    state: "expiring",
    expiresAt: inDays(9),
    lastUsedAt: hoursAgo(30),
  }),
  token(6, {
    name: "coupon-repo のマージ前チェック",
    hint: "mdc_77Yt…",
    team: "points-coupons",
    scopes: ["ingest:validate"],
    state: "expiring",
    expiresAt: inDays(1),
  }),
  token(5, {
    kind: "personal",
    name: "notebook",
    hint: "mdp_e3Rf…",
    team: null,
    owner: "admin",
    scopes: ["catalog:read", "events:read", "ingest:validate", "ingest:write"],
    createdBy: "user:admin",
  }),
  token(3, {
    name: "demo",
    hint: "mdc_9sWq…",
    team: null,
    createdBy: "operator",
    state: "expired",
    expiresAt: daysAgo(4),
    lastUsedAt: daysAgo(6),
  }),
  token(2, {
    name: "a-repository-with-a-very-long-name-that-somebody-generated/main-and-release-branches",
    hint: "mdc_Zz11…",
    state: "revoked",
    revokedAt: daysAgo(11),
    lastUsedAt: daysAgo(12),
  }),
];

export const created: TokenCreated = {
  token: payment,
  // Of the form of a secret, but its check sum is wrong: no server takes it.
  secret: "mdc_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
};
