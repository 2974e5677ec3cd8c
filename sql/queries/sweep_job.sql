-- SPDX-License-Identifier: Apache-2.0
-- sweep_job.sql: rows gone of jobs that ended 14 days ago, and first the bytes of
-- reports that nobody has read.
WITH old AS (
  SELECT id, kind = 'report' AND state <> 'done' AS unread
    FROM job
   WHERE ended_at < now() - interval '14 days'
   ORDER BY ended_at
   LIMIT 5000
     FOR UPDATE SKIP LOCKED
), bytes AS (
  SELECT report_forget(id) AS blobs
    FROM old
   WHERE unread
), gone AS (
  DELETE FROM job j
   USING old
   WHERE j.id = old.id
     AND (SELECT count(blobs) FROM bytes) >= 0
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
