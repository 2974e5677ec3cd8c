-- SPDX-License-Identifier: Apache-2.0
-- event_feed_service.sql: what happened to a service, the newest first, for a
-- feed.  $1 text service id, $2 int at most
SELECT e.id, e.type, rfc3339(e.time) AS time, e.kind, e.subject,
       principal_shown(e.actor) AS actor,
       e.data->>'version' AS version,
       e.data->>'commit' AS commit,
       e.data->>'runUrl' AS run_url,
       array_to_string(spec_texts(e.data->'changed'), ', ') AS changed,
       e.data->>'faults' AS faults
  FROM event_of_service($1, 9223372036854775807, 'infinity', $2::integer) AS e
 ORDER BY e.id DESC;
