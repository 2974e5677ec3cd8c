-- SPDX-License-Identifier: Apache-2.0
-- user_set_password.sql: a new password; sessions of the account end.
-- $1 text name, $2 text password hash, $3 boolean must change it,
-- $4 bytea digest of the session that stays
WITH ended AS (
  DELETE FROM session
   WHERE user_name = $1::text
     AND secret_sha256 <> $4::bytea
)
UPDATE app_user
   SET password_hash = $2::text,
       must_change_password = $3::boolean
 WHERE name = $1::text;
