-- SPDX-License-Identifier: Apache-2.0
-- api_file_find.sql: a file of a revision.  $1 bigint repository, $2 int number,
-- $3 text path
SELECT f.id, f.path, f.package, f.syntax, to_json(f.imports) AS imports,
       f.document
  FROM revision_spans($1::bigint, $2::integer) AS s
  JOIN proto_file f ON f.id = s.file
 WHERE s.path = $3;
