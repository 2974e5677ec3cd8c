-- SPDX-License-Identifier: Apache-2.0
-- user_create.sql: a new account.
-- $1 text name, $2 text display name, $3 text role, $4 text password hash,
-- $5 boolean must change the password
INSERT INTO app_user (name, display_name, role, password_hash, must_change_password)
VALUES ($1::text, $2::text, $3::text, $4::text, $5::boolean);
