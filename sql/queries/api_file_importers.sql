-- SPDX-License-Identifier: Apache-2.0
-- api_file_importers.sql: files that import a file.  $1 bigint repository,
-- $2 int number, $3 text path
SELECT f.path
  FROM proto_file f
 CROSS JOIN LATERAL revision_has($1::bigint, $2::integer, f.id)
 WHERE f.imports @> ARRAY[$3]
 ORDER BY f.path
 LIMIT 100;
