-- SPDX-License-Identifier: Apache-2.0
-- event_feed_team.sql: what happened to a team's services, the newest first, for a
-- feed.  $1 text team, $2 int at most
SELECT e.id, e.type, rfc3339(e.time) AS time, e.kind, e.subject,
       principal_shown(e.actor) AS actor,
       e.data->>'version' AS version,
       e.data->>'commit' AS commit,
       e.data->>'runUrl' AS run_url,
       array_to_string(spec_texts(e.data->'changed'), ', ') AS changed,
       e.data->>'faults' AS faults
  FROM ((SELECT x.*
           FROM event x
          WHERE x.team = $1
          ORDER BY x.id DESC
          LIMIT $2::integer)
         UNION ALL
        -- Of gRPC APIs whose changes break services of the team.
        (SELECT x.*
           FROM event x
          WHERE x.kind = 'api'
            AND x.data->'services' ?| ARRAY(
                  SELECT s.service_id FROM service s
                   WHERE s.team = $1 AND s.tombstoned_at IS NULL)
          ORDER BY x.id DESC
          LIMIT $2::integer)) AS e
 ORDER BY e.id DESC
 LIMIT $2::integer;
