-- SPDX-License-Identifier: Apache-2.0
-- service_list_team.sql: live services by team, those without one last.
-- $1 text key and $2 text id to go on after, $3 int at most
-- The inner limit is the largest page and one more: a plan for any $3 is then as
-- cheap as one for this page, and kept.
SELECT list_json, key, service_id
  FROM (
        SELECT list_json, coalesce('=' || team, '~') AS key, service_id
          FROM service
         WHERE tombstoned_at IS NULL
           AND (coalesce('=' || team, '~'), service_id) > ($1, $2)
         ORDER BY coalesce('=' || team, '~'), service_id
         LIMIT 201
       ) AS page
 ORDER BY key, service_id
 LIMIT $3::integer;
