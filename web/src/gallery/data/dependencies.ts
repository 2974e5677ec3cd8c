// SPDX-License-Identifier: Apache-2.0
import type {
  DependencyEdge,
  DependencyGraph,
  DependencyNode,
  DependencyReport,
  DependencyTeams,
} from "@/api/generated";

export const CENTER = "acme-payment";

const node = (
  id: string,
  hop: number,
  team: string | null,
  more: Partial<DependencyNode> = {},
): DependencyNode => ({
  id,
  kind: "service",
  hop,
  team,
  tier: 1,
  lifecycle: "production",
  tombstoned: false,
  ...more,
});

const edge = (
  from: string,
  to: string,
  rpcs: readonly string[] = [],
  declared = rpcs.length === 0,
): DependencyEdge => ({ from, to, declared, rpcs: [...rpcs], rpcCount: rpcs.length });

const wallet = (method: string) => `acme.wallet.v1.WalletService/${method}`;

export const graph: DependencyGraph = {
  center: CENTER,
  hops: 2,
  direction: "both",
  nodes: [
    node(CENTER, 0, "payments-core"),
    node("acme-checkout", 1, "nq-storefront"),
    node("acme-refund", 1, "payments-core", { tier: 2 }),
    node("acme-risk", 1, "risk-fraud"),
    node("acme-wallet", 1, "wallet"),
    node("acme-ledger", 1, null, { tier: null, lifecycle: "deprecated" }),
    node("card-network-gateway", 1, null, { kind: "unknown", tier: null, lifecycle: null }),
    node("acme-points", 2, "points-coupons", { tier: 3, lifecycle: "experimental" }),
    node("acme-order-history-aggregation-worker-for-the-storefront", 2, "nq-storefront"),
    node("acme-notifier", 2, null, { kind: "unknown", tombstoned: true }),
    node("grpc:acme.score.v2.ScoreService", 2, null, { kind: "grpc", tier: null, lifecycle: null }),
  ],
  edges: [
    edge("acme-checkout", "acme-payment", ["acme.payment.v1.PaymentService/Authorize"]),
    edge("acme-checkout", "acme-points"),
    edge("acme-ledger", "acme-notifier"),
    edge("acme-order-history-aggregation-worker-for-the-storefront", "acme-checkout"),
    edge("acme-payment", "acme-ledger"),
    edge("acme-payment", "acme-risk", ["acme.risk.v1.RiskService"], true),
    edge(
      "acme-payment",
      "acme-wallet",
      ["Debit", "Credit", "Hold", "Release", "Get", "List"].map(wallet),
    ),
    edge("acme-payment", "card-network-gateway"),
    edge("acme-refund", "acme-payment", ["acme.payment.v1.PaymentService/Refund"], true),
    edge("acme-risk", "grpc:acme.score.v2.ScoreService", ["acme.score.v2.ScoreService/Score"]),
    edge("acme-wallet", "acme-points"),
    edge("acme-wallet", "acme-risk", ["acme.risk.v1.RiskService/Check"]),
  ],
  truncated: null,
};

const fans = Array.from({ length: 149 }, (_, i) => `acme-client-${String(i + 1).padStart(3, "0")}`);

export const large: DependencyGraph = {
  center: CENTER,
  hops: 2,
  direction: "both",
  nodes: [node(CENTER, 0, "payments-core"), ...fans.map((id) => node(id, 1, "growth"))],
  edges: fans.map((id) => edge(id, CENTER)),
  truncated: { nodes: 214, byHop: [31, 183], edges: 0 },
};

export const alone: DependencyGraph = {
  ...graph,
  nodes: graph.nodes.slice(0, 1),
  edges: [],
};

export const list = { items: large.edges.slice(0, 100), next: "next", total: 402 };

const team = (id: string, services: number) => ({ id, kind: "team" as const, services });

export const teams: DependencyTeams = {
  by: "team",
  nodes: [
    { id: "-", kind: "unowned", services: 1 },
    team("growth", 9),
    team("identity", 10),
    team("nq-storefront", 10),
    team("payments-core", 11),
    team("points-coupons", 9),
    team("risk-fraud", 10),
    team("search-discovery", 9),
    team("wallet", 10),
    team("warehouse", 10),
    { id: "--", kind: "unknown", services: 0 },
  ],
  edges: [
    { from: "payments-core", to: "payments-core", pairs: 14 },
    { from: "nq-storefront", to: "payments-core", pairs: 9 },
    { from: "payments-core", to: "wallet", pairs: 7 },
    { from: "growth", to: "identity", pairs: 5 },
    { from: "nq-storefront", to: "identity", pairs: 5 },
    { from: "payments-core", to: "risk-fraud", pairs: 4 },
    { from: "wallet", to: "points-coupons", pairs: 3 },
    { from: "growth", to: "points-coupons", pairs: 3 },
    { from: "nq-storefront", to: "search-discovery", pairs: 2 },
    { from: "risk-fraud", to: "--", pairs: 2 },
    { from: "wallet", to: "risk-fraud", pairs: 1 },
    { from: "payments-core", to: "-", pairs: 1 },
  ],
  edgesLeftOut: 0,
};

export const emptyTeams: DependencyTeams = { by: "team", nodes: [], edges: [], edgesLeftOut: 0 };

export const pairs = { items: graph.edges.slice(0, 4), next: null, total: 4 };

export const report: DependencyReport = {
  edges: 184,
  cycles: [
    ["acme-coupon", "acme-points", "acme-points-ledger", "acme-wallet"],
    ["identity-session", "identity-token"],
    ["warehouse-sync"],
  ],
  orphans: ["growth-playground", "search-evaluation"],
  unknown: [
    {
      id: "card-network-gateway",
      rpcs: [],
      rpcCount: 0,
      namedBy: ["acme-payment", "acme-refund"],
      namedByCount: 2,
    },
    {
      id: "grpc:acme.score.v2.ScoreService",
      rpcs: ["acme.score.v2.ScoreService/Score"],
      rpcCount: 1,
      namedBy: ["acme-risk"],
      namedByCount: 1,
    },
  ],
  unknownLeftOut: 0,
};

export const cleanReport: DependencyReport = {
  edges: 184,
  cycles: [],
  orphans: [],
  unknown: [],
  unknownLeftOut: 0,
};
