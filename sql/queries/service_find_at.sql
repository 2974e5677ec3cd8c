-- SPDX-License-Identifier: Apache-2.0
-- service_find_at.sql: the service page as it was.  $1 text id, $2 timestamptz
SELECT r.detail_json, e.source, rfc3339(e.seen_at) AS seen_at, false AS gone
  FROM service s
 CROSS JOIN LATERAL service_render(s.id, $2::timestamptz) AS r
  LEFT JOIN service_seen e ON e.service = s.id
 WHERE s.service_id = $1;
