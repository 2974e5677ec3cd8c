-- SPDX-License-Identifier: Apache-2.0
-- user_list.sql: all accounts by name.
SELECT u.name,
       u.display_name,
       u.role,
       (SELECT coalesce(string_agg(t.team, ' ' ORDER BY t.team), '')
          FROM app_user_team t
         WHERE t.user_name = u.name) AS teams,
       u.must_change_password,
       u.disabled_at IS NOT NULL AS disabled,
       to_char(u.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at
  FROM app_user u
 ORDER BY u.name
 LIMIT 1000;
