-- SPDX-License-Identifier: Apache-2.0
-- api_repository_list.sql: all proto repositories.
SELECT repository_json(r, v) AS document
  FROM proto_repository r
  JOIN proto_revision v ON v.repository = r.id AND v.number = r.revision
 ORDER BY r.name
 LIMIT 1000;
