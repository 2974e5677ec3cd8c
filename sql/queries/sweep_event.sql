-- sweep_event.sql: rows gone of events older than they are kept, the oldest
-- first.  $1 bigint seconds
WITH old AS (
  SELECT id
    FROM event
   WHERE time < now() - make_interval(secs => $1::bigint)
   ORDER BY time
   LIMIT 10000
), gone AS (
  DELETE FROM event e
   USING old
   WHERE e.id = old.id
  RETURNING 1
)
SELECT count(*) AS gone
  FROM gone;
