-- SPDX-License-Identifier: Apache-2.0
-- service_nearest.sql: live services whose ids look like one that is not there.
-- $1 text id
SELECT near.service_id
  FROM (SELECT service_id, lower(service_id) <-> lower($1) AS distance
          FROM service
         WHERE tombstoned_at IS NULL
         ORDER BY lower(service_id) <-> lower($1)
         LIMIT 5) AS near
 WHERE near.distance < 0.75
 ORDER BY near.distance, near.service_id;
