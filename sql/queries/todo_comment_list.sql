-- SPDX-License-Identifier: Apache-2.0
-- todo_comment_list.sql: comments, oldest first; no row without the item, one
-- without a document when there are none.  $1 bigint item, $2 bigint after this
-- one, $3 int at most
SELECT CASE WHEN m.id IS NOT NULL THEN todo_comment_json(m)::text END AS document,
       m.id
  FROM todo_item i
  LEFT JOIN LATERAL (SELECT x.* FROM todo_comment x
                      WHERE x.item = i.id AND x.id > $2::bigint
                      ORDER BY x.id LIMIT $3::integer) AS m ON true
 WHERE i.id = $1::bigint
 ORDER BY m.id;
