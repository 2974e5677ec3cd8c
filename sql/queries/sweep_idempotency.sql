-- SPDX-License-Identifier: Apache-2.0
-- sweep_idempotency.sql: rows gone of answers that are no longer kept.
WITH old AS (
  SELECT principal, key
    FROM idempotency
   WHERE expires_at < now()
   ORDER BY expires_at
   LIMIT 5000
     FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM idempotency i
   USING old
   WHERE i.principal = old.principal
     AND i.key = old.key
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
