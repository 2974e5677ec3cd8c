-- SPDX-License-Identifier: Apache-2.0
-- api_diff_files.sql: files that differ between two revisions; NULL where one has
-- no such file.  $1 bigint repository, $2 int number before, $3 int number after
SELECT encode(b.sha256, 'hex') AS before, encode(a.sha256, 'hex') AS after
  FROM revision_spans($1::bigint, $2::integer) AS was
  FULL JOIN revision_spans($1::bigint, $3::integer) AS now ON now.path = was.path
  LEFT JOIN proto_file b ON b.id = was.file
  LEFT JOIN proto_file a ON a.id = now.file
 WHERE b.sha256 IS DISTINCT FROM a.sha256
 ORDER BY coalesce(now.path, was.path);
