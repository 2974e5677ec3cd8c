-- SPDX-License-Identifier: Apache-2.0
-- proto_reserve.sql: ids for new files, which follow one another as long as
-- others wait for the lock.  $1 int how many
WITH lock AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended('mdash proto file', 0))
)
SELECT min(nextval(pg_get_serial_sequence('proto_file', 'id'))) AS id
  FROM lock, generate_series(1, $1::integer);
