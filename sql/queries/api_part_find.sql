-- SPDX-License-Identifier: Apache-2.0
-- api_part_find.sql: is it a field or value of what it is said to be in.
-- $1 bigint file, $2 text full name of the message or enum, $3 text name
SELECT y.full_name
  FROM proto_symbol y
 WHERE y.file = $1::bigint AND y.parent = $2 AND y.name = $3
   AND y.kind IN ('field', 'value')
 LIMIT 1;
