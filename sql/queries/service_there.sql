-- SPDX-License-Identifier: Apache-2.0
-- service_there.sql: the id that a service goes by today; no row when there was
-- never one. Names lead on to the services that say they were called so, and
-- theirs to others. A live service comes first, then the service itself; of
-- several the one that was published last.  $1 text id
WITH RECURSIVE led (name) AS (
  SELECT $1::text
   UNION
  SELECT s.service_id
    FROM led l
    JOIN service_alias a ON a.alias = l.name
    JOIN service s ON s.id = a.service
)
SELECT s.service_id
  FROM led l
  JOIN service s ON s.service_id = l.name
 ORDER BY s.tombstoned_at IS NOT NULL, s.service_id <> $1,
          NOT EXISTS (SELECT FROM service_alias a
                       WHERE a.alias = $1 AND a.service = s.id),
          s.published_at DESC, s.id DESC
 LIMIT 1;
