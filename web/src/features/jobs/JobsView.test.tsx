// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import type { Job, Schedule } from "@/api/generated";
import { fireEvent, inEnglish, renderPage, screen } from "@/testing/render";
import { JobsView } from "./JobsView";
import { texts } from "./messages";

const t = inEnglish(texts).jobs;
const at = "2026-11-26T05:00:00Z";

const job = (id: number, state: Job["state"], part: Partial<Job> = {}): Job => ({
  id,
  kind: "rules",
  key: null,
  target: null,
  state,
  attempts: 1,
  attemptsMax: 10,
  createdAt: at,
  runAt: at,
  startedAt: null,
  endedAt: null,
  delayMs: null,
  schedule: null,
  parent: null,
  parts: null,
  result: null,
  error: null,
  ...part,
});

const jobs = [
  job(8125, "ready"),
  job(8102, "done"),
  job(8071, "dead", { error: "ERROR:  canceling statement due to statement timeout" }),
  job(7966, "done", {
    parts: { all: 47, open: 0, deadline: at },
    result: { done: 44, failed: 1, late: 2 },
  }),
];

const schedule = (name: string, pausedAt: string | null): Schedule => ({
  name,
  kind: name,
  everySeconds: 60,
  nextAt: pausedAt ? null : at,
  lastAt: at,
  pausedAt,
  lastJob: null,
});

const schedules = [schedule("digest", null), schedule("expire", null), schedule("rules", at)];

async function show(mayAsk: boolean) {
  const wishes = { retry: vi.fn(), cancel: vi.fn(), run: vi.fn(), pause: vi.fn(), busy: false };
  const onSearch = vi.fn();
  await renderPage(
    <JobsView
      search={{}}
      onSearch={onSearch}
      jobs={{ items: jobs }}
      schedules={{ items: schedules }}
      mayAsk={mayAsk}
      wishes={wishes}
    />,
  );
  return { wishes, onSearch };
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("an administrator asks the worker for what a job and a schedule allow", async () => {
  const { wishes } = await show(true);
  press(t.retryOf(8071));
  expect(wishes.retry).toHaveBeenCalledWith(8071);
  press(t.cancelOf(8125));
  expect(wishes.cancel).toHaveBeenCalledWith(8125);
  expect(screen.queryByRole("button", { name: t.retryOf(8102) })).toBeNull();
  expect(screen.queryByRole("button", { name: t.cancelOf(8102) })).toBeNull();
  press(t.runOf("digest"));
  expect(wishes.run).toHaveBeenCalledWith("digest");
  press(t.pauseOf("expire"));
  expect(wishes.pause).toHaveBeenCalledWith("expire", true);
  press(t.resumeOf("rules"));
  expect(wishes.pause).toHaveBeenCalledWith("rules", false);
});

test("others see the same without buttons", async () => {
  await show(false);
  expect(screen.queryAllByRole("button")).toEqual([]);
  screen.getByText(/canceling statement/);
  screen.getByText(t.parts(47, 0, 1, 2));
});

test("a state may be chosen, and all of them again", async () => {
  const { onSearch } = await show(false);
  const select = screen.getByRole("combobox");
  fireEvent.change(select, { target: { value: "dead" } });
  expect(onSearch).toHaveBeenLastCalledWith({ state: "dead" });
  fireEvent.change(select, { target: { value: "" } });
  expect(onSearch).toHaveBeenLastCalledWith({ state: undefined });
});
