-- SPDX-License-Identifier: Apache-2.0
-- webhook_rotate.sql: a new secret; the old one signs too for a while.
-- $1 bigint id, $2 bigint seconds, $3 text who (JSON)
SELECT document
  FROM webhook_rotate($1::bigint, $2::bigint, $3::jsonb) AS document;
