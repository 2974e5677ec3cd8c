// SPDX-License-Identifier: Apache-2.0
import type { Schedule } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { PlainTable, Soft } from "@/ui/DataTable";
import { PausedIcon } from "@/ui/icons";
import { Row } from "@/ui/Page";
import { Age, Mono } from "@/ui/Text";
import styles from "./Jobs.module.css";
import { texts } from "./messages";
import type { Wishes } from "./wishes";

interface ScheduleTableProps {
  schedules: readonly Schedule[];
  mayAsk: boolean;
  wishes: Wishes;
}

/** What is done again and again, and when it is due. */
export function ScheduleTable({ schedules, mayAsk, wishes }: ScheduleTableProps) {
  const { t } = useI18n(texts);
  return (
    <PlainTable label={t.jobs.schedules}>
      <thead>
        <tr>
          <th scope="col">{t.jobs.schedule}</th>
          <th scope="col" className={styles.wide}>
            {t.jobs.every}
          </th>
          <th scope="col">{t.jobs.next}</th>
          <th scope="col" className={styles.wide}>
            {t.jobs.last}
          </th>
          {mayAsk && <th scope="col">{t.jobs.actions}</th>}
        </tr>
      </thead>
      <tbody>
        {schedules.map((schedule) => (
          <ScheduleRow key={schedule.name} schedule={schedule} mayAsk={mayAsk} wishes={wishes} />
        ))}
      </tbody>
    </PlainTable>
  );
}

interface RowProps {
  schedule: Schedule;
  mayAsk: boolean;
  wishes: Wishes;
}

function ScheduleRow({ schedule, mayAsk, wishes }: RowProps) {
  const { t } = useI18n(texts);
  const { name, nextAt, lastJob, pausedAt } = schedule;
  return (
    <tr>
      <td>
        <Mono>{name}</Mono>
        {t.jobs.does[name] && <p className={styles.note}>{t.jobs.does[name]}</p>}
      </td>
      <td className={styles.wide}>{t.jobs.everySeconds(schedule.everySeconds)}</td>
      <td>
        {nextAt ? (
          <Age at={nextAt} />
        ) : (
          <Chip tone="warn" icon={PausedIcon}>
            {t.jobs.resting}
          </Chip>
        )}
      </td>
      <td className={styles.wide}>
        {lastJob ? (
          <>
            {t.jobs.states[lastJob.state]} <Soft>#{lastJob.id}</Soft>
          </>
        ) : (
          <Soft>–</Soft>
        )}
      </td>
      {mayAsk && (
        <td>
          <Row>
            <Button
              small
              disabled={wishes.busy}
              aria-label={t.jobs.runOf(name)}
              onClick={() => wishes.run(name)}
            >
              {t.jobs.run}
            </Button>
            <Button
              small
              disabled={wishes.busy}
              aria-label={pausedAt ? t.jobs.resumeOf(name) : t.jobs.pauseOf(name)}
              onClick={() => wishes.pause(name, pausedAt === null)}
            >
              {pausedAt ? t.jobs.resume : t.jobs.pause}
            </Button>
          </Row>
        </td>
      )}
    </tr>
  );
}
