-- SPDX-License-Identifier: Apache-2.0
-- api_file_symbols.sql: the documents of a file in its order.  $1 bigint file
SELECT '{"kind":' || to_json(y.kind) || ',"fullName":' || to_json(y.full_name)
         || ',"parent":' || coalesce(to_json(y.parent)::text, 'null')
         || ',"document":' || y.document || '}' AS document
  FROM proto_symbol y
 WHERE y.file = $1::bigint AND y.document IS NOT NULL
 ORDER BY y.place;
