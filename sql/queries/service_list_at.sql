-- SPDX-License-Identifier: Apache-2.0
-- service_list_at.sql: services by filters as they were.  $1 text words or NULL,
-- $2 text[] facets that each must have, $3 bool tombstoned ones, $4 text sort,
-- $5 text key and $6 text id to go on after, $7 int at most, $8 timestamptz
WITH page AS MATERIALIZED (
  SELECT m.id, m.version_id, k.key, m.service_id
    FROM service_match($1, $2::text[], $3::boolean, $8::timestamptz) AS m
   CROSS JOIN LATERAL service_sort_key($4, m.published_at, m.team, m.tier)
         AS k (key)
   WHERE (k.key, m.service_id) > ($5, $6)
   ORDER BY k.key, m.service_id
   LIMIT $7::integer
)
SELECT item_json(s, v, CASE WHEN v.valid_to <= $8 THEN v.valid_to END,
         EXISTS (SELECT FROM publish_failure f
                  WHERE f.service_id = s.service_id
                    AND f.first_at <= $8
                    AND coalesce(f.resolved_at > $8, true)))::text AS list_json,
       p.key, p.service_id
  FROM page p
  JOIN service s ON s.id = p.id
  JOIN service_version v ON v.id = p.version_id
 ORDER BY p.key, p.service_id;
