-- SPDX-License-Identifier: Apache-2.0
-- api_diff_readers.sql: files that are the same in two revisions, but have fields
-- of enums of other files in which the first value or the number of a name has
-- changed: what such a field is by default may be another value now. In proto3 it
-- is 0.  $1 bigint repository, $2 int number before, $3 int number after,
-- $4 bigint[] files that differ as they were, $5 bigint[] as they are
WITH moved AS MATERIALIZED (
  SELECT b.full_name
    FROM unnest($4::bigint[]) AS was (file)
    JOIN proto_symbol b ON b.file = was.file AND b.kind = 'enum'
   CROSS JOIN LATERAL (
     SELECT a.file, a.document
       FROM proto_symbol a
      WHERE a.full_name = b.full_name AND a.kind = 'enum'
        AND a.kind NOT IN ('field', 'value')
     OFFSET 0) AS a
    JOIN unnest($5::bigint[]) AS now (file) ON now.file = a.file
   WHERE a.document <> b.document
     AND enum_moved(b.document::json->'values', a.document::json->'values')
)
SELECT DISTINCT encode(f.sha256, 'hex') AS sha256
  FROM moved m
  JOIN proto_reference r ON r.to_name = m.full_name AND r.kind <> 'method'
 CROSS JOIN LATERAL revision_has($1::bigint, $3::integer, r.file)
  JOIN proto_file f ON f.id = r.file AND f.syntax <> 'proto3'
 CROSS JOIN LATERAL (
   SELECT s.file
     FROM revision_spans($1::bigint, $2::integer) AS s
    WHERE s.path = f.path
    LIMIT 1) AS was
  JOIN proto_file b ON b.id = was.file AND b.sha256 = f.sha256
 ORDER BY sha256;
