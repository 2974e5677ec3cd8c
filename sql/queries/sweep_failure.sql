-- SPDX-License-Identifier: Apache-2.0
-- sweep_failure.sql: rows gone of failed publishes that were mended 90 days ago.
WITH old AS (
  SELECT id
    FROM publish_failure
   WHERE resolved_at < now() - interval '90 days'
   ORDER BY resolved_at
   LIMIT 1000
), gone AS (
  DELETE FROM publish_failure f
   USING old
   WHERE f.id = old.id
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
