-- SPDX-License-Identifier: Apache-2.0
-- webhook_change.sql: changes what the draft names; no document: it has another
-- version.  $1 bigint id, $2 bigint the version that was seen or -1,
-- $3 text draft (JSON), $4 text who (JSON)
SELECT version, document
  FROM webhook_change($1::bigint, nullif($2::bigint, -1), $3::jsonb, $4::jsonb);
