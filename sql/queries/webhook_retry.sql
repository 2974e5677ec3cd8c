-- SPDX-License-Identifier: Apache-2.0
-- webhook_retry.sql: sends one delivery again.  $1 bigint webhook,
-- $2 bigint delivery, $3 text who (JSON)
SELECT document
  FROM webhook_retry($1::bigint, $2::bigint, $3::jsonb) AS document;
