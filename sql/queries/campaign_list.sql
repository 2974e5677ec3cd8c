-- SPDX-License-Identifier: Apache-2.0
-- campaign_list.sql: campaigns, the newest first.  $1 text state or NULL, $2 text
-- words of name, title and team or NULL, $3 bigint before this id, $4 int at most
WITH page AS MATERIALIZED (
  SELECT c.id
    FROM campaign c
   WHERE c.id < $3::bigint
     AND ($1::text IS NULL OR c.state = $1)
     AND ($2::text IS NULL
          OR search_norm(concat_ws(' ', c.name, c.title, c.team))
             LIKE ALL (search_patterns(search_words($2))))
   ORDER BY c.id DESC
   LIMIT $4::integer
)
SELECT campaign_json(c) AS document, c.id
  FROM page p
  JOIN campaign c ON c.id = p.id
 ORDER BY c.id DESC;
