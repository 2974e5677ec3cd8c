// SPDX-License-Identifier: Apache-2.0
import type { Facets, ServiceItem, ServiceList } from "@/api/generated";
import { daysAgo, hoursAgo } from "./time";

type Row = [id: string, description: string, team: string | null, tags: string[]];

const ROWS: Row[] = [
  ["acme-coupon-batch", "クーポンの配布と失効", "points-coupons", ["batch", "go"]],
  ["acme-coupon-store", "クーポンストア", "points-coupons", ["grpc", "public-api", "mobile", "go"]],
  ["acme-identity-api", "Accounts, sign-in and consent", "identity", ["grpc", "pci", "java"]],
  ["acme-inventory-relay", "在庫の変更を各社へ中継", "warehouse", ["event-driven", "rust"]],
  ["acme-invoice-batch", "請求書バッチ", "payments-core", ["batch", "python"]],
  ["acme-legacy-mailer", "", null, []],
  ["acme-listing-search", "出品の検索とおすすめ", "search-discovery", ["grpc", "go", "ml"]],
  ["acme-notification-gateway", "Push, mail and in-app messages", "growth", ["gateway", "node"]],
  ["acme-payment", "Charges a wallet, a card or a bank account", "payments-core", ["grpc", "pci"]],
  ["acme-payment-reconciliation", "決済と入金の突合", "payments-core", ["batch", "go"]],
  ["acme-risk-scoring", "Scores a payment before it is taken", "risk-fraud", ["ml", "python"]],
  ["acme-shipping-labels", "配送ラベルの発行", "shipping", ["grpc", "node"]],
  ["acme-wallet", "ウォレット残高", "wallet", ["grpc", "pci", "go", "public-api"]],
  ["nq-remittance-gateway", "海外送金ゲートウェイ", "nq-remittance", ["gateway", "java"]],
  [
    "nq-storefront-bff",
    "Backend of the storefront app",
    "nq-storefront",
    ["bff", "node", "graphql"],
  ],
  ["nq-trust-review", "審査キューと判定の記録", "nq-trust", ["grpc", "go"]],
];

const LIFECYCLES = ["production", "production", "production", "experimental", "deprecated", null];

const item = ([id, description, team, tags]: Row, i: number): ServiceItem => ({
  id,
  description,
  team,
  tags,
  corporation: id.startsWith("nq-") ? "NQ" : "ACME",
  lifecycle: LIFECYCLES[i % LIFECYCLES.length] ?? null,
  tier: i % 5 === 4 ? null : 1 + (i % 4),
  publishedAt: i < 3 ? hoursAgo(2 + 5 * i) : daysAgo(i),
  tombstonedAt: null,
  failing: id === "acme-invoice-batch",
});

export const services: ServiceItem[] = ROWS.map(item);

const counted = (values: readonly (string | null)[], none: string) => {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value ?? none, (counts.get(value ?? none) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
};

const facetsOf = (items: readonly ServiceItem[]): Facets => ({
  total: items.length,
  team: counted(
    items.map((each) => each.team),
    "-",
  ),
  corp: counted(
    items.map((each) => each.corporation),
    "-",
  ),
  tag: counted(
    items.flatMap((each) => each.tags),
    "-",
  ),
  lifecycle: counted(
    items.map((each) => each.lifecycle),
    "unspecified",
  ),
  tier: counted(
    items.map((each) => String(each.tier ?? "-")),
    "-",
  ),
});

export const listOf = (items: ServiceItem[]): ServiceList => ({
  items,
  next: null,
  facets: facetsOf(items),
});
