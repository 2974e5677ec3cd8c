// SPDX-License-Identifier: Apache-2.0
import { plural } from "@/i18n/en";
import type { ja } from "./ja";

export const en: typeof ja = {
  teams: {
    title: "Teams",
    count: (count) => plural(count, "team"),
    table: "Teams",
    filter: "Filter by team name",
    filterLabel: "Filter teams",
    col: {
      team: "Team",
      services: "Services",
      people: "People",
      corporations: "Corporations",
      lifecycles: "Lifecycles",
      failing: "Failing",
    },
    unowned: "Owner unknown",
    unownedHint: "Services whose spec names no team",
    emptyTitle: "There are no teams yet",
    emptyHint: "They come from the teamName of the specs.",
    noneTitle: "No team matches",
    contacts: "Contacts",
    noContacts: "The team's services name no contact.",
    namedBy: (count) => plural(count, "service"),
    people: "People",
    noPeople: "No user belongs to this team.",
    services: "Services",
    noServices: "The team owns no services.",
    open: "To do",
    overdue: "Overdue",
    openTodos: "Open the TODOs",
    openList: "Open in the list",
    notFound: (name) => `There is no team “${name}”`,
    notFoundHint: "Teams with a similar name",
    notFoundNone: "No team has a similar name.",
  },
};
