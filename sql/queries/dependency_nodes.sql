-- SPDX-License-Identifier: Apache-2.0
-- dependency_nodes.sql: what there is to show of these nodes, in their order.
-- $1 text[] keys: ids of services, and grpc:NAME
SELECT wanted.key,
       CASE WHEN starts_with(wanted.key, 'grpc:') THEN 'grpc'
            WHEN s.id IS NULL OR s.tombstoned_at IS NOT NULL THEN 'unknown'
            ELSE 'service' END AS kind,
       s.team, s.tier, v.spec->>'lifecycle' AS lifecycle,
       s.tombstoned_at IS NOT NULL AS gone
  FROM unnest($1::text[]) WITH ORDINALITY AS wanted (key, place)
  LEFT JOIN service s ON s.service_id = wanted.key
  LEFT JOIN service_version v ON v.id = s.version_id
 ORDER BY wanted.place;
