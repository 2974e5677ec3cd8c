// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";
import type { CampaignLaunch, CampaignPage, Session } from "@/api/generated";
import { fireEvent, inEnglish, renderPage, screen, waitFor } from "@/testing/render";
import { CampaignDeeds } from "./CampaignDeeds";
import { texts } from "./messages";

const t = inEnglish(texts);
const page = {
  campaign: { name: "drill", title: "Drill", team: "platform", state: "draft", version: 1 },
} as unknown as CampaignPage;
const session = { subject: "user:mia", role: "editor", teams: ["platform"] } as unknown as Session;
const none = { open: 0, done: 0, overLimit: [], todos: [], todosLeftOut: 0 };
let answer: CampaignLaunch;

beforeEach(() => {
  vi.stubGlobal("fetch", async () => Response.json(answer));
});

const tried = async (launch: Partial<CampaignLaunch>) => {
  answer = { state: "running", ...none, ...launch };
  await renderPage(<CampaignDeeds page={page} session={session} />);
  fireEvent.click(screen.getByRole("button", { name: `${t.campaign.launch}…` }));
  await waitFor(() => expect(screen.queryByText(/service|TODO/i)).not.toBeNull());
  return [t.campaignForm.noServices, t.campaign.wouldOpen(answer.open, answer.done)].map(
    (text) => screen.queryByText(text) !== null,
  );
};

test("a launch for nobody says so", async () => {
  expect(await tried({})).toEqual([true, false]);
});

test("one that would be held, which makes no TODOs yet, is not for nobody", async () => {
  expect(await tried({ state: "held", open: 3, overLimit: ["red"] })).toEqual([false, true]);
});
