-- SPDX-License-Identifier: Apache-2.0
-- dependency_next.sql: the keys one hop away from these: services by their id,
-- gRPC services that nobody provides as grpc:NAME.  $1 text[] keys, $2 bool what
-- they need, $3 bool what needs them
SELECT name AS key
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 CROSS JOIN LATERAL unnest(v.depends_on) AS name
 WHERE $2::boolean AND s.service_id = ANY ($1::text[])
   AND s.tombstoned_at IS NULL
 UNION
SELECT coalesce(t.service_id, 'grpc:' || c.grpc_service)
  FROM service s
  JOIN service_grpc c ON c.service = s.id AND c.role = 'consumes'
  LEFT JOIN service_grpc p
    ON p.grpc_service = c.grpc_service AND p.role = 'provides'
  LEFT JOIN service t ON t.id = p.service
 WHERE $2::boolean AND s.service_id = ANY ($1::text[])
 UNION
SELECT s.service_id
  FROM service_version v
  JOIN service s ON s.id = v.service
 WHERE $3::boolean AND v.depends_on && $1::text[]
   AND v.valid_from IS NOT NULL AND v.valid_to IS NULL
   AND s.tombstoned_at IS NULL
 UNION
SELECT s.service_id
  FROM service t
  JOIN service_grpc p ON p.service = t.id AND p.role = 'provides'
  JOIN service_grpc c
    ON c.grpc_service = p.grpc_service AND c.role = 'consumes'
  JOIN service s ON s.id = c.service
 WHERE $3::boolean AND t.service_id = ANY ($1::text[])
 UNION
SELECT s.service_id
  FROM unnest($1::text[]) AS wanted (key)
  JOIN service_grpc c
    ON c.grpc_service = substr(wanted.key, 6) AND c.role = 'consumes'
  JOIN service s ON s.id = c.service
 WHERE $3::boolean AND starts_with(wanted.key, 'grpc:')
   AND NOT EXISTS (SELECT FROM service_grpc p
                    WHERE p.grpc_service = c.grpc_service
                      AND p.role = 'provides');
