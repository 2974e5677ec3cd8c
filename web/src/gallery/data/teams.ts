// SPDX-License-Identifier: Apache-2.0
import type { Team, TeamList, TeamPage } from "@/api/generated";
import { services } from "./services";

const team = (name: string, count: number, people: number, failing = 0): Team => ({
  name,
  services: count,
  people,
  failing,
  corporations: name.startsWith("nq-") ? ["NQ"] : ["ACME"],
  lifecycles: { production: Math.max(1, count - 3), experimental: 2, deprecated: 1 },
});

export const teams: TeamList = {
  items: [
    team("growth", 9, 3),
    team("identity", 10, 5),
    team("nq-remittance", 10, 0),
    team("nq-storefront", 10, 2),
    team("nq-trust", 9, 1),
    team("payments-core", 11, 6, 2),
    team("points-coupons", 9, 2),
    team("risk-fraud", 10, 4),
    team("search-discovery", 9, 0),
    team("shipping", 10, 1),
    team("wallet", 10, 2),
    team("warehouse", 10, 0, 1),
  ],
  unowned: 1,
};

export const NAME = "payments-core";

export const teamPage: TeamPage = {
  team: team(NAME, 3, 2, 1),
  contacts: [
    { kind: "slackGeneral", value: "C0123456", services: 3 },
    { kind: "slackAlert", value: "C87654321", services: 2 },
    { kind: "email", value: "payment@acme.example", services: 1 },
  ],
  members: [
    { name: "saki", displayName: "Saki Tanaka" },
    { name: "kenji", displayName: "佐藤 健二" },
  ],
  services: services.filter((each) => each.team === NAME),
};

export const bareTeam: TeamPage = {
  team: { ...team(NAME, 0, 0), corporations: [], lifecycles: {} },
  contacts: [],
  members: [],
  services: [],
};
