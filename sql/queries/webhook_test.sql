-- SPDX-License-Identifier: Apache-2.0
-- webhook_test.sql: a test event for one webhook.  $1 bigint id, $2 text who (JSON)
SELECT document
  FROM webhook_test($1::bigint, $2::jsonb) AS document;
