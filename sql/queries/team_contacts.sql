-- SPDX-License-Identifier: Apache-2.0
-- team_contacts.sql: how to reach a team, as its services say, the most used
-- first.  $1 text team, $2 timestamptz or NULL
SELECT c.kind, c.value, count(*) AS services
  FROM service_match(NULL, ARRAY['team:' || $1], false, $2::timestamptz) AS m
  JOIN service_version v ON v.id = m.version_id
 CROSS JOIN LATERAL (VALUES
   ('email', v.spec #>> '{contact,email}'),
   ('slackGeneral', v.spec #>> '{contact,slack,generalChannelId}'),
   ('slackAlert', v.spec #>> '{contact,slack,alertChannelId}')
 ) AS c (kind, value)
 WHERE m.team = $1
   AND c.value IS NOT NULL
 GROUP BY c.kind, c.value
 ORDER BY count(*) DESC, c.kind, c.value
 LIMIT 100;
