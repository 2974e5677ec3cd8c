-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/rules_follow.sql: rules look at what has changed.
-- $1 text options  $2 text who  $3 int how many changes are told
SELECT rules_follow($1::text, $2::text, $3::integer) AS members;
