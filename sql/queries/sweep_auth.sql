-- SPDX-License-Identifier: Apache-2.0
-- sweep_auth.sql: rows gone of ended sessions and old sign-in failures.
-- $1 bigint idle seconds, $2 bigint longest seconds of a session
SELECT sweep_auth($1::bigint, $2::bigint) AS gone;
