-- SPDX-License-Identifier: Apache-2.0
-- webhook_create.sql: a new webhook with its secret; NULL when there are too
-- many.  $1 text draft (JSON), $2 int at most, $3 text who (JSON)
SELECT webhook_create($1::jsonb, $2::integer, $3::jsonb) AS document;
