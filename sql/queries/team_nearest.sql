-- SPDX-License-Identifier: Apache-2.0
-- team_nearest.sql: teams whose names look like one that is not there.
-- $1 text name
SELECT near.key
  FROM (SELECT e.key, e.key <-> $1 AS distance
          FROM search_entry e
         WHERE e.kind = 'team'
           AND NOT e.hidden
         ORDER BY e.key <-> $1
         LIMIT 5) AS near
 WHERE near.distance < 0.75
 ORDER BY near.distance, near.key;
