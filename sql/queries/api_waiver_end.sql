-- SPDX-License-Identifier: Apache-2.0
-- api_waiver_end.sql: ends a waiver.  $1 bigint repository, $2 bigint id,
-- $3 text who (JSON)
SELECT id FROM waiver_end($1::bigint, $2::bigint, $3::jsonb) AS id;
