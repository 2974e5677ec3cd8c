-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/rules_recover.sql: rules look at what has changed, one after the
-- other, and those that fail are put aside.
-- $1 text who  $2 int how many changes are told
SELECT rules_recover($1::text, $2::integer) AS members;
