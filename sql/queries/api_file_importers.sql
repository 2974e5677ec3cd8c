-- SPDX-License-Identifier: Apache-2.0
-- api_file_importers.sql: files that import a file.  $1 bigint repository,
-- $2 int number, $3 text path
SELECT s.path
  FROM revision_spans($1::bigint, $2::integer) AS s
  JOIN proto_file f ON f.id = s.file
 WHERE $3 = ANY (f.imports)
 ORDER BY s.path
 LIMIT 100;
