-- SPDX-License-Identifier: Apache-2.0
-- event_activity.sql: what happened to a service, the newest first.  $1 text
-- service id, $2 bigint event to go on before, $3 int at most
SELECT event_json(e)::text AS document, e.id
  FROM event e
 WHERE e.kind = 'service'
   AND e.subject = $1
   AND e.id < $2::bigint
 ORDER BY e.id DESC
 LIMIT $3::integer;
