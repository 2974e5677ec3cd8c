-- SPDX-License-Identifier: Apache-2.0
-- todo_matrix_campaigns.sql: the campaigns that run.
SELECT json_build_object('name', c.name, 'title', c.title)::text AS document
  FROM campaign c
 WHERE c.state = 'running'
 ORDER BY c.id
 LIMIT 1000;
