-- SPDX-License-Identifier: Apache-2.0
-- webhook_release.sql: gives a delivery back, untried.  $1 bigint id,
-- $2 bigint fence
SELECT id FROM webhook_release($1::bigint, $2::bigint) AS id;
