-- SPDX-License-Identifier: Apache-2.0
-- service_there.sql: the id that a service goes by today; no row when there was
-- never one. A live service comes before one that is gone.  $1 text id
SELECT known.service_id
  FROM (SELECT s.service_id,
               CASE WHEN s.tombstoned_at IS NULL THEN 1 ELSE 3 END AS place
          FROM service s
         WHERE s.service_id = $1
         UNION ALL
        SELECT s.service_id,
               CASE WHEN s.tombstoned_at IS NULL THEN 2 ELSE 4 END
          FROM service_alias a
          JOIN service s ON s.id = a.service
         WHERE a.alias = $1) AS known
 ORDER BY known.place
 LIMIT 1;
