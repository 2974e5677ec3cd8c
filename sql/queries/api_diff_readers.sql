-- SPDX-License-Identifier: Apache-2.0
-- api_diff_readers.sql: files that are the same in two revisions, but have fields
-- of enums of other files in which the first value or the number of a name has
-- changed: what such a field is by default may be another value now. In proto3 it
-- is 0.  $1 bigint repository, $2 int number before, $3 int number after
WITH reader AS MATERIALIZED (
  SELECT f.sha256, r.to_name
    FROM revision_spans($1::bigint, $3::integer) AS now
    JOIN proto_file f ON f.id = now.file AND f.syntax <> 'proto3'
    JOIN revision_spans($1::bigint, $2::integer) AS was ON was.path = now.path
    JOIN proto_file b ON b.id = was.file AND b.sha256 = f.sha256
    JOIN proto_reference r ON r.file = f.id AND r.kind <> 'method'
), moved AS MATERIALIZED (
  SELECT read.to_name
    FROM (SELECT DISTINCT to_name FROM reader) AS read
   CROSS JOIN LATERAL symbol_at($1::bigint, $2::integer, read.to_name) AS was
   CROSS JOIN LATERAL symbol_at($1::bigint, $3::integer, read.to_name) AS now
   WHERE was.kind = 'enum' AND now.kind = 'enum'
     AND was.document <> now.document
     AND enum_moved(was.document::json->'values', now.document::json->'values')
)
SELECT DISTINCT encode(r.sha256, 'hex') AS sha256
  FROM reader r
  JOIN moved m ON m.to_name = r.to_name
 ORDER BY sha256;
