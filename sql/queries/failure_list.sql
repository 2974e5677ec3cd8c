-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/failure_list.sql: refused publishes, newest first.
-- $1 text service id or NULL  $2 bool also mended ones
-- $3 text cursor or NULL (last_at, id)  $4 int limit
SELECT failure_json(f)::text AS document,
       to_char(f.last_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')
         || '.' || f.id AS cursor
  FROM publish_failure f
 WHERE ($1::text IS NULL OR f.service_id = $1)
   AND ($2::boolean OR f.resolved_at IS NULL)
   AND ($3::text IS NULL OR (f.last_at, f.id) <
        (to_timestamp(split_part($3, '.', 1), 'YYYYMMDDHH24MISSUS'),
         split_part($3, '.', 2)::bigint))
 ORDER BY f.last_at DESC, f.id DESC
 LIMIT $4::integer;
