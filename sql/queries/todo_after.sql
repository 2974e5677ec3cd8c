-- SPDX-License-Identifier: Apache-2.0
-- todo_after.sql: items that changed after a cursor; there is always a row, without
-- a document when nothing did. A cursor that lies ahead of what there is, is no
-- good.  $1 text filters (JSON), $2 text xid, $3 bigint id, $4 int at most,
-- $5 int rows looked at
SELECT a.document, a.next, n.timeline, a.more,
       $2::xid8 > pg_snapshot_xmax(pg_current_snapshot()) AS ahead
  FROM instance n
 CROSS JOIN todo_after($1::jsonb, $2::xid8, $3::bigint, $4::integer, $5::integer)
       AS a;
