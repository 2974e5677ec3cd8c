// SPDX-License-Identifier: Apache-2.0
import type { Job, Schedule } from "@/api/generated";
import { daysAgo, hoursAgo, minutesAgo } from "./time";

const job = (id: number, kind: string, state: Job["state"], part: Partial<Job> = {}): Job => ({
  id,
  kind,
  key: kind,
  target: null,
  state,
  attempts: 1,
  attemptsMax: 10,
  createdAt: minutesAgo(2),
  runAt: minutesAgo(2),
  startedAt: state === "ready" ? null : minutesAgo(2),
  endedAt: state === "done" || state === "dead" || state === "cancelled" ? minutesAgo(2) : null,
  delayMs: state === "ready" || state === "running" ? 400 : null,
  schedule: null,
  parent: null,
  parts: null,
  result: null,
  error: null,
  ...part,
});

export const jobs: Job[] = [
  job(8125, "rules", "ready", { attempts: 0, delayMs: 4200 }),
  job(8124, "expire", "running"),
  job(8119, "digest", "waiting", {
    key: null,
    parts: { all: 48, open: 6, deadline: minutesAgo(-8) },
  }),
  job(8102, "expire", "done", { result: { services: 3 } }),
  job(8071, "rules", "dead", {
    attempts: 10,
    startedAt: hoursAgo(3),
    endedAt: hoursAgo(3),
    error: "ERROR:  canceling statement due to statement timeout",
  }),
  job(7966, "digest", "done", {
    key: "digest",
    endedAt: daysAgo(1),
    parts: { all: 47, open: 0, deadline: daysAgo(1) },
    result: { done: 44, failed: 1, late: 2 },
  }),
  job(7950, "expire", "cancelled", { error: "cancelled by user:admin", endedAt: daysAgo(1) }),
];

const schedule = (name: string, everySeconds: number, part: Partial<Schedule>): Schedule => ({
  name,
  kind: name,
  everySeconds,
  nextAt: minutesAgo(-1),
  lastAt: minutesAgo(1),
  pausedAt: null,
  lastJob: job(8102, name, "done"),
  ...part,
});

export const schedules: Schedule[] = [
  schedule("digest", 86_400, { nextAt: hoursAgo(-9), lastAt: daysAgo(1) }),
  schedule("expire", 60, {}),
  schedule("rules", 60, { nextAt: null, pausedAt: hoursAgo(2), lastJob: null }),
];
