-- SPDX-License-Identifier: Apache-2.0
-- user_set_teams.sql: the teams of an account, in place of those it had.
-- $1 text name, $2 text[] teams
WITH wanted AS (
  SELECT DISTINCT unnest($2::text[]) AS team
), gone AS (
  DELETE FROM app_user_team
   WHERE user_name = $1::text
     AND team NOT IN (SELECT team FROM wanted)
), come AS (
  INSERT INTO app_user_team (user_name, team)
  SELECT u.name, w.team
    FROM wanted w
    JOIN app_user u ON u.name = $1::text
      ON CONFLICT DO NOTHING
)
SELECT name
  FROM app_user
 WHERE name = $1::text;
