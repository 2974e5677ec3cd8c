-- SPDX-License-Identifier: Apache-2.0
-- api_nested.sql: what is declared in a message.  $1 bigint file, $2 text message
SELECT symbol_item_json(y) AS document
  FROM proto_symbol y
 WHERE y.file = $1::bigint AND y.parent = $2
   AND y.kind IN ('message', 'enum', 'extension')
 ORDER BY y.place
 LIMIT 5000;
