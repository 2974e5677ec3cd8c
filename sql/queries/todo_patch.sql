-- SPDX-License-Identifier: Apache-2.0
-- todo_patch.sql: changes an item, or says why not.  $1 bigint id, $2 bigint the
-- version that was seen, $3 text change (JSON), $4 text who (JSON)
SELECT status, pointer, code, detail, needs, body
  FROM todo_patch($1::bigint, $2::bigint, $3::jsonb, $4::jsonb);
