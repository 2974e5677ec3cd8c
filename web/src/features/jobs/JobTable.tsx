// SPDX-License-Identifier: Apache-2.0
import type { Job } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip, type Tone } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { Age, Mono } from "@/ui/Text";
import styles from "./Jobs.module.css";
import { texts } from "./messages";
import type { Wishes } from "./wishes";

const TONES: Record<Job["state"], Tone> = {
  ready: "none",
  running: "info",
  waiting: "info",
  done: "ok",
  dead: "bad",
  cancelled: "none",
};

interface JobTableProps {
  jobs: readonly Job[];
  mayAsk: boolean;
  wishes: Wishes;
}

/** Jobs with what became of them; an administrator has one tried anew or cancelled. */
export function JobTable({ jobs, mayAsk, wishes }: JobTableProps) {
  const { t } = useI18n(texts);
  return (
    <PlainTable label={t.jobs.list}>
      <thead>
        <tr>
          <th scope="col">{t.jobs.job}</th>
          <th scope="col">{t.jobs.state}</th>
          <th scope="col" className={styles.wide}>
            {t.jobs.attempts}
          </th>
          <th scope="col" className={styles.number}>
            {t.jobs.when}
          </th>
          {mayAsk && <th scope="col">{t.jobs.actions}</th>}
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} mayAsk={mayAsk} wishes={wishes} />
        ))}
      </tbody>
    </PlainTable>
  );
}

function JobRow({ job, mayAsk, wishes }: { job: Job; mayAsk: boolean; wishes: Wishes }) {
  const { t } = useI18n(texts);
  const { id, kind, key, state, error, parts } = job;
  const over = state === "dead" || state === "cancelled";
  const open = state === "ready" || state === "running" || state === "waiting";
  return (
    <tr>
      <td>
        <Mono>{kind}</Mono>{" "}
        <Soft>
          #{id}
          {key && key !== kind && ` · ${key}`}
        </Soft>
        {parts && <p className={styles.note}>{partsOf(job, t.jobs.parts)}</p>}
        {error && <p className={state === "cancelled" ? styles.note : styles.error}>{error}</p>}
      </td>
      <td>
        <Chip tone={TONES[state]}>{t.jobs.states[state]}</Chip>
      </td>
      <td className={styles.wide}>
        {t.jobs.attemptsOf(job.attempts, job.attemptsMax)}
        {job.delayMs !== null && job.delayMs >= 1000 && (
          <p className={styles.note}>{t.jobs.delay(Math.round(job.delayMs / 1000))}</p>
        )}
      </td>
      <td className={styles.number}>
        <Soft>
          <Age at={job.endedAt ?? job.startedAt ?? job.runAt} />
        </Soft>
      </td>
      {mayAsk && (
        <td>
          {over && (
            <Button
              small
              disabled={wishes.busy}
              aria-label={t.jobs.retryOf(id)}
              onClick={() => wishes.retry(id)}
            >
              {t.jobs.retry}
            </Button>
          )}
          {open && (
            <Button
              small
              disabled={wishes.busy}
              aria-label={t.jobs.cancelOf(id)}
              onClick={() => wishes.cancel(id)}
            >
              {t.jobs.cancel}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

type PartsText = (all: number, open: number, failed: number, late: number) => string;

const count = (value: unknown) => (typeof value === "number" ? value : 0);

function partsOf({ parts, result }: Job, text: PartsText) {
  return text(parts?.all ?? 0, parts?.open ?? 0, count(result?.failed), count(result?.late));
}
