-- SPDX-License-Identifier: Apache-2.0
-- todo_create.sql: an item of a system outside, or the one that is there.
-- $1 text draft (JSON), $2 text who (JSON)
SELECT status, pointer, code, detail, needs, body
  FROM todo_create($1::jsonb, $2::jsonb);
