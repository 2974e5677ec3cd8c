-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/failure_detail.sql: one refused publish.  $1 bigint id
SELECT json_build_object('failure', failure_json(f), 'faults', f.faults,
         'source', convert_from(b.bytes, 'UTF8'))::text AS document
  FROM publish_failure f
  LEFT JOIN blob b ON b.sha256 = f.source_sha256
 WHERE f.id = $1::bigint;
