-- SPDX-License-Identifier: Apache-2.0
-- todo_matrix.sql: services that have items of campaigns that run, with these.
-- $1 text team, - = none, or NULL, $2 text campaign or NULL, $3 text service to go
-- on after, $4 int at most
WITH running AS MATERIALIZED (
  SELECT array_agg(c.id) AS ids,
         array_agg(c.id) FILTER (WHERE $2::text IS NULL OR c.name = $2) AS chosen
    FROM campaign c
   WHERE c.state = 'running'
), page AS MATERIALIZED (
  SELECT s.id, s.service_id, s.team
    FROM running r
   CROSS JOIN service s
   WHERE s.tombstoned_at IS NULL AND s.service_id > $3::text
     AND ($1::text IS NULL OR coalesce(s.team, '-') = $1)
     AND EXISTS (SELECT FROM todo_item i
                  WHERE i.service = s.id AND i.campaign = ANY (r.chosen))
   ORDER BY s.service_id
   LIMIT $4::integer
)
SELECT json_build_object('serviceID', p.service_id, 'team', p.team, 'todos',
         (SELECT json_agg(json_build_object('id', i.id, 'campaign', c.name,
                   'state', i.state) ORDER BY c.id)
            FROM todo_item i
            JOIN campaign c ON c.id = i.campaign
           WHERE i.service = p.id AND i.campaign = ANY (r.ids)))::text AS document,
       p.service_id
  FROM page p
 CROSS JOIN running r
 ORDER BY p.service_id;
