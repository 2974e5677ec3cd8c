-- SPDX-License-Identifier: Apache-2.0
-- dependency_edges.sql: a page of the edges among these nodes, by source and
-- target, as DependencyEdge, and on each row how many there are in all. An edge
-- names 100 of its RPCs at most.  $1 text[] keys, $2 text $3 text the last edge
-- of the page before, $4 integer limit
WITH need AS (
  SELECT s.service_id AS source, name AS target, NULL AS rpc
    FROM service s
    JOIN service_version v ON v.id = s.version_id
   CROSS JOIN LATERAL unnest(v.depends_on) AS name
   WHERE s.service_id = ANY ($1::text[]) AND s.tombstoned_at IS NULL
   UNION ALL
  SELECT s.service_id, coalesce(t.service_id, 'grpc:' || c.grpc_service),
         grpc_target(c.grpc_service, c.method)
    FROM service s
    JOIN service_grpc c ON c.service = s.id AND c.role = 'consumes'
    LEFT JOIN service_grpc p
      ON p.grpc_service = c.grpc_service AND p.role = 'provides'
    LEFT JOIN service t ON t.id = p.service
   WHERE s.service_id = ANY ($1::text[])
), edge AS (
  SELECT n.source, n.target, bool_or(n.rpc IS NULL) AS declared,
         count(n.rpc) AS rpcs,
         (array_agg(n.rpc ORDER BY n.rpc)
           FILTER (WHERE n.rpc IS NOT NULL))[1:100] AS some,
         count(*) OVER () AS total
    FROM need n
   WHERE n.target = ANY ($1::text[])
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
 WHERE (e.source, e.target) > ($2::text, $3::text)
 ORDER BY e.source, e.target
 LIMIT $4::integer;
