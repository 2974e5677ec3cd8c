-- SPDX-License-Identifier: Apache-2.0
-- event_list.sql: the log after a cursor. There is always a row: `timeline` and
-- `pruned` tell whether the cursor is one of this log, `next` where to go on,
-- and there is no document when there was no event. No cursor is the beginning.
-- $1 text xid or NULL, $2 bigint id, $3 int at most
SELECT i.timeline,
       ($1::xid8, $2::bigint) < (i.pruned_xid, i.pruned_id) AS pruned,
       coalesce(e.xid, $1::xid8, i.pruned_xid)::text || '.'
         || coalesce(e.id, $2::bigint, i.pruned_id) AS next,
       event_json(e)::text AS document
  FROM instance i
  LEFT JOIN LATERAL event_after(coalesce($1::xid8, i.pruned_xid),
              coalesce($2::bigint, i.pruned_id), $3::integer) AS e ON true
 ORDER BY e.xid, e.id;
