-- SPDX-License-Identifier: Apache-2.0
-- webhook_delete.sql: ends a webhook, with its deliveries.  $1 bigint id,
-- $2 bigint the version that was seen or -1, $3 text who (JSON)
SELECT version, document
  FROM webhook_delete($1::bigint, nullif($2::bigint, -1), $3::jsonb);
