-- SPDX-License-Identifier: Apache-2.0
-- webhook_delete.sql: ends a webhook, with its deliveries.  $1 bigint id,
-- $2 text who (JSON)
SELECT id FROM webhook_delete($1::bigint, $2::jsonb) AS id;
