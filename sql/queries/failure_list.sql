-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/failure_list.sql: refused publishes, newest first.
-- $1 text service id or NULL  $2 text proto repository or NULL
-- $3 bool also mended ones  $4 text cursor or NULL (last_at, id)  $5 int limit
SELECT failure_json(f)::text AS document,
       to_char(f.last_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')
         || '.' || f.id AS cursor
  FROM publish_failure f
 WHERE ($1::text IS NULL OR f.service_id = $1)
   AND ($2::text IS NULL OR f.repository = $2)
   AND ($3::boolean OR f.resolved_at IS NULL)
   AND ($4::text IS NULL OR (f.last_at, f.id) <
        (to_timestamp(split_part($4, '.', 1), 'YYYYMMDDHH24MISSUS'),
         split_part($4, '.', 2)::bigint))
 ORDER BY f.last_at DESC, f.id DESC
 LIMIT $5::integer;
