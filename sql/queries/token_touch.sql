-- SPDX-License-Identifier: Apache-2.0
-- token_touch.sql: a token is in use; written once a minute at most.
-- $1 bigint id, $2 text address
UPDATE api_token
   SET used_at = now(),
       used_from = $2::text
 WHERE id = $1::bigint
   AND coalesce(used_at < now() - interval '1 minute', true);
