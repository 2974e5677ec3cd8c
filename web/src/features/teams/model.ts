// SPDX-License-Identifier: Apache-2.0
import type { Team, TeamContact } from "@/api/generated";

/** The stages of life in their order; what a newer server adds comes last. */
const ORDER = ["production", "experimental", "deprecated", "retired", "unspecified"];
const rank = (value: string) => (ORDER.includes(value) ? ORDER.indexOf(value) : ORDER.length);

/** How many of a team's services are in which stage of their life; none is left out. */
export function lifecycleCounts(team: Team): [string, number][] {
  return Object.entries(team.lifecycles)
    .map(([value, count]): [string, number] => [value, count ?? 0])
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => rank(a) - rank(b));
}

export const CONTACT_KINDS = ["slackGeneral", "slackAlert", "email"] as const;

/** Ways to reach a team by kind, the most used first, as the server ordered them. */
export function contactsByKind(contacts: readonly TeamContact[]) {
  return CONTACT_KINDS.map((kind) => ({
    kind,
    contacts: contacts.filter((contact) => contact.kind === kind),
  })).filter((group) => group.contacts.length > 0);
}
