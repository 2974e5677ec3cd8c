-- SPDX-License-Identifier: Apache-2.0
-- search_find.sql: the best hits first: what is called so, also with what it is in
-- before its name, what begins so, what has all words in its title, then the rest;
-- among equals the heavier and then the shorter.  $1 text words, $2 text kind or
-- NULL, $3 int at most
WITH query AS MATERIALIZED (
  SELECT array_to_string(search_words($1), ' ') AS norm,
         search_patterns(search_words($1)) AS patterns,
         '.' || symbol_path($1) AS path,
         CASE WHEN $1 ~ '^[A-Z]{2,10}$' THEN lower($1) END AS humps
), found AS (
  SELECT m.*
    FROM search_match($1) AS m
   WHERE NOT m.hidden AND ($2::text IS NULL OR m.kind = $2)
   UNION ALL
  -- Most of the names that begin so are of another kind than the one wanted.
  SELECT DISTINCT m.*
    FROM symbol_match($1, $2, CASE WHEN $2 IS NULL THEN 200 ELSE 1000 END) AS m
   WHERE $2 IS NULL OR $2 NOT IN ('service', 'team')
)
SELECT m.kind, m.key, m.title, m.detail, m.team
  FROM found m
 CROSS JOIN query q
 ORDER BY CASE WHEN m.title_norm = q.norm OR m.norm = q.norm THEN 0
               WHEN m.repository IS NOT NULL
                    AND right('.' || m.norm, length(q.path)) = q.path THEN 0
               WHEN starts_with(m.title_norm, q.norm) THEN 1
               WHEN m.title_norm LIKE ALL (q.patterns) THEN 2
               WHEN m.humps = q.humps THEN 2
               ELSE 3 END,
          m.weight DESC, length(m.title_norm), m.key, m.kind
 LIMIT $3::integer;
