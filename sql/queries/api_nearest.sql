-- SPDX-License-Identifier: Apache-2.0
-- api_nearest.sql: symbols with a name like this.  $1 bigint repository,
-- $2 text full name
WITH wanted AS MATERIALIZED (
  SELECT lower(split_part($2, '.', -1)) AS name
), near AS MATERIALIZED (
  SELECT n.name, similarity(n.name, w.name) AS likeness
    FROM wanted w
    JOIN search_name n ON n.name % w.name
   ORDER BY likeness DESC
   LIMIT 100
)
-- By weight, since there is an index for either half.
SELECT split_part(e.key, '/', 2) AS full_name
  FROM near n
 CROSS JOIN LATERAL (
       (SELECT e.key, e.norm
          FROM search_entry e
         WHERE e.repository = $1::bigint AND e.weight > 0
           AND e.title_norm = n.name)
        UNION ALL
       (SELECT e.key, e.norm
          FROM search_entry e
         WHERE e.repository = $1::bigint AND e.weight <= 0
           AND e.title_norm = n.name
           AND e.kind NOT IN ('field', 'value'))) AS e
 ORDER BY n.likeness DESC, similarity(e.norm, lower($2)) DESC, e.key
 LIMIT 5;
