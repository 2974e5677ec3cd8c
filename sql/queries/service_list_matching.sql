-- SPDX-License-Identifier: Apache-2.0
-- service_list_matching.sql: services by filters.  $1 text words or NULL,
-- $2 text[] facets that each must have, $3 bool tombstoned ones, $4 text sort,
-- $5 text key and $6 text id to go on after, $7 int at most
WITH page AS MATERIALIZED (
  SELECT m.id, k.key, m.service_id
    FROM service_match($1, $2::text[], $3::boolean, NULL) AS m
   CROSS JOIN LATERAL service_sort_key($4, m.published_at, m.team, m.tier)
         AS k (key)
   WHERE (k.key, m.service_id) > ($5, $6)
   ORDER BY k.key, m.service_id
   LIMIT $7::integer
)
SELECT s.list_json, p.key, p.service_id
  FROM page p
  JOIN service s ON s.id = p.id
 ORDER BY p.key, p.service_id;
