-- SPDX-License-Identifier: Apache-2.0
-- token_revoke.sql: a token stops working.  $1 bigint id
UPDATE api_token
   SET revoked_at = coalesce(revoked_at, now())
 WHERE id = $1::bigint;
