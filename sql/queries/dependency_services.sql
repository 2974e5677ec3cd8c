-- SPDX-License-Identifier: Apache-2.0
-- dependency_services.sql: all live services by number, with their team and what they
-- say they depend on, separated by spaces.
SELECT s.id, s.service_id, s.team, array_to_string(v.depends_on, ' ') AS needs
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 WHERE s.tombstoned_at IS NULL
 ORDER BY s.id;
