-- SPDX-License-Identifier: Apache-2.0
-- webhook_rotate.sql: a new secret; the old one signs too for a while.  $1 bigint
-- id, $2 bigint the version that was seen or -1, $3 bigint seconds, $4 text who
-- (JSON)
SELECT version, document
  FROM webhook_rotate($1::bigint, nullif($2::bigint, -1), $3::bigint, $4::jsonb);
