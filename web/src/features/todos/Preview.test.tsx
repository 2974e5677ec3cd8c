// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { CampaignPreview } from "@/api/generated";
import { act, fireEvent, inEnglish, renderPage, screen, waitFor } from "@/testing/render";
import { emptyDraft } from "./draft";
import { texts } from "./messages";
import { Preview } from "./Preview";

const t = inEnglish(texts);
const effect: CampaignPreview = {
  services: 200,
  open: 7,
  done: 193,
  kept: 0,
  teams: [],
  overLimit: [],
  unknownKeys: [],
  sample: [],
  backTest: null,
};
const server = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>();
const rules = () =>
  server.mock.calls.map(([, init]) => JSON.parse(String(init?.body)).rule as unknown);

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server.mockReset();
  server.mockImplementation(async () => Response.json(effect));
  vi.stubGlobal("fetch", server);
  return () => vi.useRealTimers();
});

const draft = emptyDraft(undefined);
/** As in the form: what is typed is in the draft at once. */
function Form({ byRule }: { byRule: boolean }) {
  const [rule, setRule] = useState(" ");
  return (
    <>
      <input aria-label="rule" value={rule} onChange={(event) => setRule(event.target.value)} />
      <Preview draft={{ ...draft, byRule, rule }} of={undefined} onRuleFault={() => {}} />
    </>
  );
}
const type = (value: string) =>
  act(() => fireEvent.change(screen.getByLabelText("rule"), { target: { value } }));
const pause = () => act(() => vi.advanceTimersByTimeAsync(2000));
const wants = () => screen.queryByText(t.campaignForm.needsRule) !== null;
const shows = () => screen.queryByText(t.campaign.wouldOpen(7, 193)) !== null;

test("a rule that is not there is asked for, and the server is not", async () => {
  await renderPage(<Form byRule />);
  await pause();
  expect(wants()).toBe(true);
  expect(server).not.toHaveBeenCalled();
  type("$.spec.tier <= 2");
  await waitFor(() => expect([wants(), shows()]).toEqual([false, true]));
  type("");
  await pause();
  expect([wants(), shows()]).toEqual([true, false]);
  expect(rules()).toEqual(["$.spec.tier <= 2"]);
});

test("where people decide, none is needed", async () => {
  await renderPage(<Form byRule={false} />);
  await waitFor(() => expect([wants(), shows()]).toEqual([false, true]));
  expect(rules()).toEqual([null]);
});
