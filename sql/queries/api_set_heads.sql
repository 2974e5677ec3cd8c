-- SPDX-License-Identifier: Apache-2.0
-- api_set_heads.sql: the files of a revision by path.  $1 bigint repository,
-- $2 int number
SELECT f.path, array_to_string(f.imports, E'\n') AS imports,
       encode(f.sha256, 'hex') AS sha256, length(b.bytes) AS length
  FROM revision_spans($1::bigint, $2::integer) AS s
  JOIN proto_file f ON f.id = s.file
  JOIN blob b ON b.sha256 = f.sha256
 ORDER BY f.path;
