-- SPDX-License-Identifier: Apache-2.0
-- api_package_items.sql: what is declared in a package.  $1 bigint repository,
-- $2 int number, $3 text package
SELECT symbol_item_json(y) AS document
  FROM revision_spans($1::bigint, $2::integer) AS s
  JOIN proto_symbol y ON y.file = s.file
 WHERE s.package = $3 AND y.parent IS NULL
 ORDER BY array_position(ARRAY['service', 'message', 'enum', 'extension'], y.kind),
          y.name COLLATE "C"
 LIMIT 10000;
