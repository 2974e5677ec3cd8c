-- SPDX-License-Identifier: Apache-2.0
-- session_end_others.sql: sessions of an account end. After what ends them: who
-- signs in meanwhile holds the account until then.
-- $1 text account, $2 bytea digest of the session that stays
DELETE FROM session
 WHERE user_name = $1::text
   AND secret_sha256 <> $2::bytea;
