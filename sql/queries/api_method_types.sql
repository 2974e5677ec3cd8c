-- SPDX-License-Identifier: Apache-2.0
-- api_method_types.sql: what a method is made of.  $1 bigint repository,
-- $2 int number, $3 text method
SELECT t.full_name, t.document
  FROM method_types($1::bigint, $2::integer, $3, 60) AS t
 WHERE t.document IS NOT NULL;
