-- SPDX-License-Identifier: Apache-2.0
-- service_find.sql: the service page.  $1 text id
SELECT s.detail_json, e.source, rfc3339(e.seen_at) AS seen_at,
       s.tombstoned_at IS NOT NULL AS gone
  FROM service s
  LEFT JOIN service_seen e ON e.service = s.id
 WHERE s.service_id = $1;
