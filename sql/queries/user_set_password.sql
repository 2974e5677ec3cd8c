-- SPDX-License-Identifier: Apache-2.0
-- user_set_password.sql: a new password.
-- $1 text name, $2 text password hash, $3 boolean must change it,
-- $4 text password hash that it takes the place of, NULL = any
UPDATE app_user
   SET password_hash = $2::text,
       must_change_password = $3::boolean
 WHERE name = $1::text
   AND password_hash = coalesce($4::text, password_hash);
