-- SPDX-License-Identifier: Apache-2.0
-- schedule_run.sql: the job that does now what a schedule is for, or why not.
-- $1 text schedule, $2 text principal
SELECT status, detail, body
  FROM schedule_run($1, $2);
