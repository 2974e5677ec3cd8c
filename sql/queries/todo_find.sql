-- SPDX-License-Identifier: Apache-2.0
-- todo_find.sql: an item with all about it.  $1 bigint id, $2 text who (JSON),
-- $3 int transitions and comments at most
SELECT version, document
  FROM todo_page($1::bigint, $2::jsonb, $3::integer);
