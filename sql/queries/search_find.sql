-- SPDX-License-Identifier: Apache-2.0
-- search_find.sql: the best hits first: what is called so, what begins so, what
-- has all words in its title, then the rest; among equals the heavier and then
-- the shorter.  $1 text words, $2 text kind or NULL, $3 int at most
WITH query AS MATERIALIZED (
  SELECT array_to_string(search_words($1), ' ') AS norm,
         search_patterns(search_words($1)) AS patterns
)
SELECT m.kind, m.key, m.title, m.detail, m.team
  FROM search_match($1) AS m
 CROSS JOIN query q
 WHERE NOT m.hidden
   AND ($2::text IS NULL OR m.kind = $2)
 ORDER BY CASE WHEN m.title_norm = q.norm THEN 0
               WHEN starts_with(m.title_norm, q.norm) THEN 1
               WHEN m.title_norm LIKE ALL (q.patterns) THEN 2
               ELSE 3 END,
          m.weight DESC, length(m.title_norm), m.key, m.kind
 LIMIT $3::integer;
