-- SPDX-License-Identifier: Apache-2.0
-- api_policy_items.sql: which changes break something, by package.
-- $1 bigint repository
SELECT p.prefix, array_to_string(p.use, ' ') AS use,
       array_to_string(p.excepted, ' ') AS except, p.ignore_unstable
  FROM policy_items($1::bigint) AS p
 ORDER BY p.prefix;
