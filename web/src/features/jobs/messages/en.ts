// SPDX-License-Identifier: Apache-2.0
import { n, plural } from "@/i18n/en";
import type { ja } from "./ja";

export const en: typeof ja = {
  jobs: {
    title: "Jobs",
    lead: "What is done in the background. Jobs that ended are kept for 14 days.",
    schedules: "Schedules",
    schedule: "Schedule",
    noSchedules: "There is no schedule",
    list: "Jobs",
    job: "Job",
    noJobs: "No jobs",
    noJobsHint: "There was none like this in the last 14 days.",
    state: "State",
    anyState: "Any state",
    states: {
      ready: "Ready",
      running: "Running",
      waiting: "Waiting for its parts",
      done: "Done",
      dead: "Dead",
      cancelled: "Cancelled",
    },
    does: {
      campaigns: "Launches campaigns whose time has come",
      digest: "Tells each team what is open, overdue, new and done",
      expire: "Ends facts that nobody reported again, exemptions and snoozes",
      rules: "Has rules look at facts that a publish had to leave",
    },
    attempts: "Attempts",
    attemptsOf: (count, most) => `${n.format(count)} of ${n.format(most)}`,
    delay: (seconds) => `${n.format(seconds)} s late`,
    parts: (all, open, failed, late) =>
      `${plural(all, "part")}: ${n.format(open)} open, ${n.format(failed)} failed, ${n.format(late)} late`,
    when: "When",
    actions: "Actions",
    every: "Every",
    everySeconds: (seconds) =>
      seconds % 86_400 === 0
        ? plural(seconds / 86_400, "day")
        : seconds % 60 === 0
          ? plural(seconds / 60, "minute")
          : plural(seconds, "second"),
    next: "Next",
    last: "Last",
    resting: "Paused",
    retry: "Retry",
    retryOf: (id) => `Retry job #${id}`,
    retried: (id) => `Job #${id} will be tried again`,
    cancel: "Cancel",
    cancelOf: (id) => `Cancel job #${id}`,
    cancelled: (id) => `Job #${id} cancelled`,
    run: "Run now",
    runOf: (name) => `Run now: “${name}”`,
    started: (name) => `“${name}” will run`,
    pause: "Pause",
    pauseOf: (name) => `Pause “${name}”`,
    paused: (name) => `“${name}” paused`,
    resume: "Resume",
    resumeOf: (name) => `Resume “${name}”`,
    resumed: (name) => `“${name}” resumed`,
  },
};
