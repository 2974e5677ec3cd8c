-- SPDX-License-Identifier: Apache-2.0
-- reader_next.sql: the events behind a reader's cursor.  $1 text reader,
-- $2 int at most
SELECT e.type, e.kind, e.subject, e.xid::text AS xid, e.id,
       i.timeline || '.' || e.xid::text || '.' || e.id::text AS cursor
  FROM instance i
 CROSS JOIN event_reader r
 CROSS JOIN LATERAL event_after(r.xid, r.id, $2::integer) e
 WHERE r.name = $1
 ORDER BY e.xid, e.id;
