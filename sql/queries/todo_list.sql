-- SPDX-License-Identifier: Apache-2.0
-- todo_list.sql: a page of items.  $1 text filters (JSON), $2 text due date,
-- $3 int level and $4 bigint id to go on after, $5 int at most
SELECT document, due_key || ' ' || level_key AS key, id
  FROM todo_list($1::jsonb, $2::date, $3::smallint, $4::bigint, $5::integer);
