// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Team, TeamContact } from "@/api/generated";
import { contactsByKind, lifecycleCounts } from "./model";

const team = (lifecycles: Team["lifecycles"]): Team => ({
  name: "orders",
  services: 0,
  people: 0,
  failing: 0,
  corporations: [],
  lifecycles,
});

describe("lifecycleCounts", () => {
  it("follows the stages of life, whatever order the answer has", () => {
    const counts = lifecycleCounts(team({ retired: 1, deprecated: 2, production: 7 }));
    expect(counts).toEqual([
      ["production", 7],
      ["deprecated", 2],
      ["retired", 1],
    ]);
  });

  it("leaves out a stage that no service is in", () => {
    expect(lifecycleCounts(team({ production: 0, experimental: undefined }))).toEqual([]);
  });

  it("puts a stage that it does not know last", () => {
    const counts = lifecycleCounts(team({ hibernating: 3, unspecified: 1 }));
    expect(counts.map(([value]) => value)).toEqual(["unspecified", "hibernating"]);
  });
});

describe("contactsByKind", () => {
  const contact = (kind: TeamContact["kind"], value: string): TeamContact => ({
    kind,
    value,
    services: 1,
  });

  it("groups by kind and keeps the order inside, the most used first", () => {
    const groups = contactsByKind([
      contact("email", "a@orders.example"),
      contact("slackAlert", "C2"),
      contact("email", "b@orders.example"),
    ]);
    expect(groups.map((group) => [group.kind, group.contacts.map((each) => each.value)])).toEqual([
      ["slackAlert", ["C2"]],
      ["email", ["a@orders.example", "b@orders.example"]],
    ]);
  });
});
