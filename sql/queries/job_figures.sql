-- SPDX-License-Identifier: Apache-2.0
-- job_figures.sql: jobs that are due, that run and that are dead, and for how
-- many seconds the oldest has been due.
SELECT (SELECT count(*) FROM job WHERE state = 'ready' AND run_at <= now()) AS ready,
       (SELECT count(*) FROM job WHERE state = 'running') AS running,
       (SELECT count(*) FROM job WHERE state = 'dead') AS dead,
       (SELECT coalesce(ceil(extract(epoch FROM now() - min(run_at))), 0)::bigint
          FROM job WHERE state = 'ready' AND run_at <= now()) AS delay_s;
