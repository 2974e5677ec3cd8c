-- SPDX-License-Identifier: Apache-2.0
-- user_password.sql: the hash of an account that may sign in.  $1 text name
SELECT password_hash
  FROM app_user
 WHERE name = $1::text
   AND disabled_at IS NULL;
