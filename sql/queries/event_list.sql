-- SPDX-License-Identifier: Apache-2.0
-- event_list.sql: the log after a cursor. There is always a row: `next` is where
-- to go on, and there is no document when there was no event. A cursor is no
-- good when what came after it was pruned, or when it lies ahead of the log. No
-- cursor is the beginning.  $1 text xid or NULL, $2 bigint id, $3 int at most
SELECT CASE WHEN e.id IS NOT NULL THEN event_json(e)::text END AS document,
       coalesce(e.xid, $1::xid8, i.pruned_xid)::text || '.'
         || coalesce(e.id, $2::bigint, i.pruned_id) AS next,
       i.timeline,
       ($1::xid8, $2::bigint) < (i.pruned_xid, i.pruned_id) AS pruned,
       $1::xid8 > pg_snapshot_xmax(pg_current_snapshot()) AS ahead
  FROM instance i
  LEFT JOIN LATERAL event_after(coalesce($1::xid8, i.pruned_xid),
              coalesce($2::bigint, i.pruned_id), $3::integer) AS e ON true
 ORDER BY e.xid, e.id;
