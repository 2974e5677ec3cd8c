-- SPDX-License-Identifier: Apache-2.0
-- api_diff_files.sql: files that differ between two revisions; NULL where one has
-- no such file.  $1 bigint repository, $2 int number before, $3 int number after
SELECT encode(b.sha256, 'hex') AS before, encode(a.sha256, 'hex') AS after
  FROM revision_spans($1::bigint, $2::integer) AS was
  FULL JOIN revision_spans($1::bigint, $3::integer) AS now ON now.path = was.path
  -- One by one: nearly all files are the same.
  LEFT JOIN LATERAL (SELECT f.sha256 FROM proto_file f
                      WHERE f.id = was.file LIMIT 1) AS b ON true
  LEFT JOIN LATERAL (SELECT f.sha256 FROM proto_file f
                      WHERE f.id = now.file LIMIT 1) AS a ON true
 WHERE was.file IS DISTINCT FROM now.file
   AND b.sha256 IS DISTINCT FROM a.sha256
 ORDER BY coalesce(now.path, was.path);
