-- SPDX-License-Identifier: Apache-2.0
-- api_revision_list.sql: revisions, the newest first.  $1 bigint repository,
-- $2 int before this number, $3 int at most
SELECT revision_json(v, v.number = r.revision) AS document, v.number
  FROM proto_repository r
  JOIN proto_revision v ON v.repository = r.id
 WHERE r.id = $1::bigint AND v.number < $2::bigint
 ORDER BY v.number DESC
 LIMIT $3::integer;
