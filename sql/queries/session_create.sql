-- SPDX-License-Identifier: Apache-2.0
-- session_create.sql: a browser has signed in, with the password that the account
-- still has: it may be another one since it was checked.
-- $1 bytea digest, $2 text account, $3 text address, $4 text password hash
INSERT INTO session (secret_sha256, user_name, address)
SELECT $1::bytea, u.name, $3::text
  FROM app_user u
 WHERE u.name = $2::text
   AND u.password_hash = $4::text
   AND u.disabled_at IS NULL
   FOR SHARE;
