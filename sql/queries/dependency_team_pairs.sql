-- SPDX-License-Identifier: Apache-2.0
-- dependency_team_pairs.sql: a page of the edges from services of one team to those
-- of another, as DependencyEdge, and on each row how many there are in all.
-- $1 text team that needs, '' = services without one, $2 text team that is needed
-- or NULL = what is no live service, $3 text $4 text the last edge of the page
-- before, $5 integer limit
WITH start AS MATERIALIZED (
  SELECT s.id, s.service_id, s.version_id
    FROM service s
   WHERE s.tombstoned_at IS NULL
     AND coalesce('=' || s.team, '~')
         = CASE $1::text WHEN '' THEN '~' ELSE '=' || $1 END
), need AS (
  SELECT s.service_id AS source, name AS target, NULL AS rpc
    FROM start s
    JOIN service_version v ON v.id = s.version_id
   CROSS JOIN LATERAL unnest(v.depends_on) AS name
   UNION ALL
  SELECT s.service_id, coalesce(t.service_id, 'grpc:' || c.grpc_service),
         grpc_target(c.grpc_service, c.method)
    FROM start s
    JOIN service_grpc c ON c.service = s.id AND c.role = 'consumes'
    LEFT JOIN service_grpc p
      ON p.grpc_service = c.grpc_service AND p.role = 'provides'
    LEFT JOIN service t ON t.id = p.service
), edge AS (
  SELECT n.source, n.target, bool_or(n.rpc IS NULL) AS declared,
         count(n.rpc) AS rpcs,
         (array_agg(n.rpc ORDER BY n.rpc)
           FILTER (WHERE n.rpc IS NOT NULL))[1:100] AS some,
         count(*) OVER () AS total
    FROM need n
    LEFT JOIN service t
      ON t.service_id = n.target AND t.tombstoned_at IS NULL
   WHERE CASE WHEN $2::text IS NULL THEN t.id IS NULL
              ELSE t.id IS NOT NULL AND coalesce(t.team, '') = $2 END
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
