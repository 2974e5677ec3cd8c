-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/idempotency_take.sql: the answer already given under a key, which
-- this transaction then holds.  $1 text principal  $2 text key
SELECT fingerprint, status, body
  FROM idempotency_take($1::text, $2::text);
