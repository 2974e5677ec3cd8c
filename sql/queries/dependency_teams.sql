-- SPDX-License-Identifier: Apache-2.0
-- dependency_teams.sql: teams with how many live services they own; '' has those
-- without a team.
SELECT coalesce(s.team, '') AS team, count(*) AS services
  FROM service s
 WHERE s.tombstoned_at IS NULL
 GROUP BY 1
 ORDER BY 1;
