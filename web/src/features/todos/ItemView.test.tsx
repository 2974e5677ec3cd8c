// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Session, TodoPage } from "@/api/generated";
import { renderPage, screen } from "@/testing/render";
import { ItemView } from "./ItemView";
import type { Changes } from "./useChanges";

const changes = { busy: false } as Changes;
const page = {
  todo: {
    id: 1,
    state: "open",
    title: "Try a restore",
    serviceID: "acme-wallet",
    team: "wallet",
    campaign: "drill",
    source: null,
    level: null,
    due: null,
    assignee: null,
    evidence: null,
    reopened: 0,
    comments: 0,
    openedAt: "2026-11-20T05:00:00Z",
    doneAt: null,
  },
  rule: null,
  facts: [],
  transitions: [],
  transitionsLeftOut: 0,
  comments: [],
  reviewTeam: "platform",
  may: ["waiting", "in_review", "done"],
} as unknown as TodoPage;
const of = (team: string) =>
  ({ subject: "user:mia", role: "editor", teams: [team] }) as unknown as Session;
const names = () =>
  screen
    .getAllByRole("button")
    .map((each) => each.textContent)
    .filter((text) => /review|done/.test(text ?? ""));

test("who does the work hands it in, which is said as the next step", async () => {
  await renderPage(<ItemView page={page} session={of("wallet")} changes={changes} />);
  expect(names()).toEqual(["To review…"]);
  screen.getByText(/hand it in for review by “platform”/);
});

test("who reviews may also say at once that it is done", async () => {
  await renderPage(<ItemView page={page} session={of("platform")} changes={changes} />);
  expect(names()).toEqual(["To review…", "Mark done…"]);
});
