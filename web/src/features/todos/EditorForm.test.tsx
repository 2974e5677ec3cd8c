// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";
import type { CampaignPage, FactKeyList, Session } from "@/api/generated";
import { act, fireEvent, inEnglish, renderPage, screen } from "@/testing/render";
import { EditorForm } from "./EditorForm";
import { texts } from "./messages";

const { campaign, campaignForm, common } = inEnglish(texts);
const session = { subject: "user:aya", role: "editor", teams: ["wallet"] } as unknown as Session;
const keys: FactKeyList = {
  items: [{ key: "spec.tier", services: 3, example: 2 }],
} as unknown as FactKeyList;

beforeEach(() => {
  vi.stubGlobal("fetch", async (url: string) =>
    url.includes("/facts/keys") ? Response.json(keys) : new Promise(() => {}),
  );
  return () => vi.unstubAllGlobals();
});

const form = (page?: CampaignPage) => (
  <EditorForm
    session={session}
    page={page}
    busy={false}
    error={undefined}
    onSave={() => {}}
    onCancel={() => {}}
  />
);
const rule = () => screen.getByLabelText<HTMLTextAreaElement>(campaign.rule);

// No picture is awaited between two keys: the second goes to where the first led.
test("a fault takes the keyboard at once", async () => {
  await renderPage(form());
  fireEvent.click(screen.getByRole("button", { name: campaignForm.saveDraft }));
  expect(document.activeElement).toBe(screen.getByLabelText(campaignForm.title));
  fireEvent.change(screen.getByLabelText(campaignForm.title), { target: { value: "Tell" } });
  fireEvent.click(screen.getByRole("button", { name: campaignForm.saveDraft }));
  expect(document.activeElement).toBe(rule());
});

test("what is typed after a fact was picked comes behind it", async () => {
  await renderPage(form());
  fireEvent.change(rule(), { target: { value: " <= 2" } });
  rule().setSelectionRange(0, 0);
  const known = screen.getByText(campaignForm.knownKeys).closest("details") as HTMLDetailsElement;
  act(() => {
    known.open = true;
    fireEvent(known, new Event("toggle"));
  });
  fireEvent.click(await screen.findByText("spec.tier"));
  expect(rule().value).toBe("$.spec.tier <= 2");
  expect(document.activeElement).toBe(rule());
  expect([rule().selectionStart, rule().selectionEnd]).toEqual([11, 11]);
});

test("what is over cannot be saved, and no effect of it is shown", async () => {
  const page = (state: string) => {
    const of = { name: "old", title: "Old", target: {}, state, version: 2 };
    return { why: "", how: "", campaign: of } as unknown as CampaignPage;
  };
  const save = () => screen.getByRole<HTMLButtonElement>("button", { name: common.save });
  const running = await renderPage(form(page("running")));
  expect(screen.queryByText(campaignForm.over)).toBeNull();
  expect(screen.queryByText(campaignForm.backTest)).not.toBeNull();
  expect(save().disabled).toBe(false);
  running.unmount();
  await renderPage(form(page("cancelled")));
  expect(screen.queryByText(campaignForm.over)).not.toBeNull();
  expect(screen.queryByText(campaignForm.backTest)).toBeNull();
  expect(save().disabled).toBe(true);
});
