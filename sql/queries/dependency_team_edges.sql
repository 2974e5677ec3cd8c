-- SPDX-License-Identifier: Apache-2.0
-- dependency_team_edges.sql: between which teams services need one another, in how
-- many pairs of services, the most first, and on each row how many such edges
-- there are in all; NULL is the team of what is no live service, '' of services
-- without one.  $1 integer limit
SELECT coalesce(s.team, '') AS source,
       CASE WHEN t.id IS NULL THEN NULL ELSE coalesce(t.team, '') END AS target,
       count(*) AS pairs, count(*) OVER () AS total
  FROM (SELECT DISTINCT n.source, n.target, n.target_key
          FROM dependency_needs() AS n) AS pair
  JOIN service s ON s.id = pair.source
  LEFT JOIN service t ON t.id = pair.target
 GROUP BY 1, 2
 ORDER BY 3 DESC, 1, 2
 LIMIT $1::integer;
