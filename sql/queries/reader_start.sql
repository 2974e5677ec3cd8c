-- SPDX-License-Identifier: Apache-2.0
-- reader_start.sql: a cursor at the end of the log, where there is none or
-- where it lies beyond the end (the database was restored).  $1 text reader
INSERT INTO event_reader AS r (name, xid, id)
VALUES ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
    ON CONFLICT (name) DO UPDATE
   SET xid = excluded.xid, id = excluded.id
 WHERE r.xid > pg_snapshot_xmax(pg_current_snapshot());
