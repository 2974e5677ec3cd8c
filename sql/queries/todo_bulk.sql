-- SPDX-License-Identifier: Apache-2.0
-- todo_bulk.sql: changes items, each by itself.  $1 text array of {id, version,
-- change} (JSON), $2 text who (JSON)
SELECT status, pointer, code, detail, needs, body, item
  FROM todo_bulk($1::jsonb, $2::jsonb);
