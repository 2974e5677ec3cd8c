-- SPDX-License-Identifier: Apache-2.0
-- webhook_change.sql: changes what the draft names.  $1 bigint id,
-- $2 text draft (JSON), $3 text who (JSON)
SELECT document
  FROM webhook_change($1::bigint, $2::jsonb, $3::jsonb) AS document;
