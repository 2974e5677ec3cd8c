-- SPDX-License-Identifier: Apache-2.0
-- todo_comment_add.sql: says something about an item.  $1 bigint id, $2 text words,
-- $3 text who (JSON)
SELECT status, pointer, code, detail, needs, body
  FROM todo_comment_add($1::bigint, $2::text, $3::jsonb);
