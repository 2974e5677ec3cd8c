-- SPDX-License-Identifier: Apache-2.0
-- team_facts.sql: what there is to say about teams, one row for each fact: how
-- many services they own (of which the last publish failed, by corporation, by
-- lifecycle), how many people they have; '' has the services without a team.
-- `known` is a team that was named at any time.  $1 text team or NULL for all,
-- $2 timestamptz or NULL
WITH live AS MATERIALIZED (
  SELECT m.service_id, coalesce(m.team, '') AS team, m.facet
    FROM service_match(NULL, CASE WHEN $1::text IS NULL THEN '{}'
           ELSE ARRAY['team:' || $1] END, false, $2::timestamptz) AS m
   WHERE $1::text IS NULL OR m.team = $1
)
SELECT l.team, 'services' AS kind, '' AS value, count(*) AS count
  FROM live l
 GROUP BY l.team
 UNION ALL
SELECT l.team, split_part(f.facet, ':', 1),
       substr(f.facet, strpos(f.facet, ':') + 1), count(*)
  FROM live l
 CROSS JOIN LATERAL unnest(l.facet) AS f (facet)
 WHERE starts_with(f.facet, 'corp:') OR starts_with(f.facet, 'lifecycle:')
 GROUP BY l.team, f.facet
 UNION ALL
SELECT l.team, 'failing', '', count(DISTINCT l.service_id)
  FROM live l
  JOIN publish_failure f ON f.service_id = l.service_id
 WHERE CASE WHEN $2::timestamptz IS NULL THEN f.resolved_at IS NULL
            ELSE f.first_at <= $2
                 AND coalesce(f.resolved_at > $2, true) END
 GROUP BY l.team
 UNION ALL
SELECT m.team, 'people', '', count(*)
  FROM team_member m
 WHERE $1::text IS NULL OR m.team = $1
 GROUP BY m.team
 UNION ALL
SELECT t.name, 'known', '', 1
  FROM team t
 WHERE t.name = $1
 ORDER BY team, kind, value;
