-- SPDX-License-Identifier: Apache-2.0
-- fact_keys.sql: keys that services have facts of, each with the value of one of
-- them.  $1 int at most
SELECT json_build_object('key', k.key, 'services', k.services,
         'example', e.value) AS document
  FROM (SELECT f.key, count(*) AS services, min(f.service) AS one
          FROM fact f
         WHERE f.valid_to IS NULL
         GROUP BY f.key
         ORDER BY f.key
         LIMIT $1::integer) AS k
  JOIN fact e ON e.service = k.one AND e.key = k.key AND e.valid_to IS NULL
 ORDER BY k.key;
