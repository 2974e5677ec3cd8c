-- SPDX-License-Identifier: Apache-2.0
-- dependency_orphans.sql: live services that need nothing and that nothing needs.
SELECT s.service_id
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 WHERE s.tombstoned_at IS NULL
   AND v.depends_on = '{}'
   AND NOT EXISTS (SELECT FROM service_grpc c
                    WHERE c.service = s.id AND c.role = 'consumes')
   AND NOT EXISTS (SELECT FROM dependency_needs() AS n WHERE n.target = s.id)
 ORDER BY s.service_id;
