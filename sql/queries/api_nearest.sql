-- SPDX-License-Identifier: Apache-2.0
-- api_nearest.sql: symbols with a name like this.  $1 bigint repository,
-- $2 text full name
WITH wanted AS MATERIALIZED (
  SELECT lower(split_part($2, '.', -1)) AS name
)
SELECT split_part(e.key, '/', 2) AS full_name
  FROM wanted w
  JOIN search_name n ON n.name % w.name
  JOIN search_entry e ON e.repository = $1::bigint AND e.title_norm = n.name
 WHERE e.kind NOT IN ('field', 'value')
 ORDER BY similarity(n.name, w.name) DESC, similarity(e.norm, lower($2)) DESC, e.key
 LIMIT 5;
