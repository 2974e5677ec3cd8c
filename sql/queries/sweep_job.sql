-- SPDX-License-Identifier: Apache-2.0
-- sweep_job.sql: rows gone of jobs that ended 14 days ago.
WITH old AS (
  SELECT id
    FROM job
   WHERE ended_at < now() - interval '14 days'
   ORDER BY ended_at
   LIMIT 5000
     FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM job j
   USING old
   WHERE j.id = old.id
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
