-- SPDX-License-Identifier: Apache-2.0
-- sweep_failure.sql: rows gone of failed publishes that were mended 90 days ago,
-- and of those that came 90 days ago and of no service and no proto repository
-- that there is: nothing would ever mend them. What comes again just now stays.
WITH mended AS (
  SELECT f.id
    FROM publish_failure f
   WHERE f.resolved_at < now() - interval '90 days'
   ORDER BY f.resolved_at
   LIMIT 1000
     FOR UPDATE SKIP LOCKED
), nobodys AS (
  SELECT f.id
    FROM publish_failure f
   WHERE f.resolved_at IS NULL
     AND f.last_at < now() - interval '90 days'
     AND NOT EXISTS (SELECT FROM service s WHERE s.service_id = f.service_id)
     AND NOT EXISTS (SELECT FROM proto_repository r WHERE r.name = f.repository)
   ORDER BY f.last_at
   LIMIT 1000
     FOR UPDATE SKIP LOCKED
), old AS (
  SELECT id FROM mended UNION ALL SELECT id FROM nobodys
), gone AS (
  DELETE FROM publish_failure f
   USING old
   WHERE f.id = old.id
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
