-- SPDX-License-Identifier: Apache-2.0
-- session_create.sql: a browser has signed in.
-- $1 bytea digest, $2 text account, $3 text address
INSERT INTO session (secret_sha256, user_name, address)
VALUES ($1::bytea, $2::text, $3::text);
