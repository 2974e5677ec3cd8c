-- SPDX-License-Identifier: Apache-2.0
-- team_members.sql: the people of a team.  $1 text team
SELECT m.name, m.display_name
  FROM team_member m
 WHERE m.team = $1
 ORDER BY m.display_name, m.name
 LIMIT 1000;
