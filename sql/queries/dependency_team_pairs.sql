-- SPDX-License-Identifier: Apache-2.0
-- dependency_team_pairs.sql: a page of the edges from services of one team to those
-- of another, as DependencyEdge, and on each row how many there are in all.
-- $1 text team that needs, '' = services without one, $2 text team that is needed
-- or NULL = what is no live service, $3 text $4 text the last edge of the page
-- before, $5 integer limit
WITH need AS (
  SELECT s.service_id AS source, n.target_key AS target, n.rpc
    FROM dependency_needs() AS n
    JOIN service s ON s.id = n.source
    LEFT JOIN service t ON t.id = n.target
   WHERE coalesce(s.team, '') = $1
     AND CASE WHEN $2::text IS NULL THEN t.id IS NULL
              ELSE t.id IS NOT NULL AND coalesce(t.team, '') = $2 END
), edge AS (
  SELECT n.source, n.target, bool_or(n.rpc IS NULL) AS declared,
         count(n.rpc) AS rpcs,
         (array_agg(n.rpc ORDER BY n.rpc)
           FILTER (WHERE n.rpc IS NOT NULL))[1:100] AS some,
         count(*) OVER () AS total
    FROM need n
   GROUP BY n.source, n.target
)
SELECT json_build_object(
         'from', e.source,
         'to', e.target,
         'declared', e.declared,
         'rpcs', coalesce(to_json(e.some), '[]'),
         'rpcCount', e.rpcs)::text AS edge_json,
       e.source, e.target, e.total
  FROM edge e
 WHERE (e.source, e.target) > ($3::text, $4::text)
 ORDER BY e.source, e.target
 LIMIT $5::integer;
