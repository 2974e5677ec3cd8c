-- SPDX-License-Identifier: Apache-2.0
-- user_set_disabled.sql: an account may no longer sign in, or may again.
-- $1 text name, $2 boolean disabled
UPDATE app_user
   SET disabled_at = CASE WHEN $2::boolean THEN coalesce(disabled_at, now()) END
 WHERE name = $1::text;
