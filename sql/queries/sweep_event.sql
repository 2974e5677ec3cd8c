-- SPDX-License-Identifier: Apache-2.0
-- sweep_event.sql: rows gone of events older than they are kept, from the start
-- of the log; who reads from before that is told so.  $1 bigint seconds
WITH oldest AS (
  SELECT xid, id, time
    FROM event
   ORDER BY xid, id
   LIMIT 5000
), gone AS (
  DELETE FROM event e
   USING oldest o
   WHERE e.id = o.id
     AND o.time < now() - make_interval(secs => $1::bigint)
  RETURNING e.xid, e.id
), last AS (
  SELECT xid, id
    FROM gone
   ORDER BY xid DESC, id DESC
   LIMIT 1
), pruned AS (
  UPDATE instance i
     SET pruned_xid = last.xid, pruned_id = last.id
    FROM last
   WHERE (i.pruned_xid, i.pruned_id) < (last.xid, last.id)
)
SELECT count(*) AS gone
  FROM gone;
