-- SPDX-License-Identifier: Apache-2.0
-- api_symbol_find.sql: a symbol that has a page.  $1 bigint repository,
-- $2 int number, $3 text full name
SELECT y.kind, y.name, y.full_name, f.package, y.parent, f.path, f.syntax, y.line,
       y.deprecated, y.file,
       coalesce(y.document,
         (SELECT m::text
            FROM proto_symbol p
           CROSS JOIN json_array_elements(p.document::json->'methods') AS m
           WHERE p.file = y.file AND p.kind = 'service'
             AND p.full_name = y.parent AND m->>'name' = y.name
           LIMIT 1)) AS document
  FROM symbol_at($1::bigint, $2::integer, $3) AS y
  JOIN proto_file f ON f.id = y.file;
