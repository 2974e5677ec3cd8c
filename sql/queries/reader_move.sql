-- SPDX-License-Identifier: Apache-2.0
-- reader_move.sql: a reader has come so far.  $1 text reader, $2 xid8, $3 bigint
-- id of the last event it has read
UPDATE event_reader
   SET xid = $2::xid8, id = $3::bigint
 WHERE name = $1
   AND (xid, id) < ($2::xid8, $3::bigint);
