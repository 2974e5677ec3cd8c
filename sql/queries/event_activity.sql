-- SPDX-License-Identifier: Apache-2.0
-- event_activity.sql: what happened to a service, the newest first.  $1 text
-- service id, $2 bigint event to go on before, $3 int at most
SELECT event_json(e)::text AS document, e.id
  FROM event_of_service($1, $2::bigint, 'infinity', $3::integer) AS e
 ORDER BY e.id DESC;
