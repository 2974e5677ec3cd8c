-- SPDX-License-Identifier: Apache-2.0
-- doctor_grants.sql: rights of our roles that are not as sql/grants.sql makes
-- them, each as a sentence.
WITH role AS (
  SELECT r.name, p.rolname, p.rolsuper
    FROM (VALUES ('mdash_owner'), ('mdash_app'), ('mdash_auth')) AS r (name)
    LEFT JOIN pg_roles p ON p.rolname = r.name
), secret (tab) AS (
  VALUES ('app_user'), ('app_user_team'), ('session'), ('api_token'), ('login_throttle')
), wanted (rolname, tab, privilege) AS (
  VALUES ('mdash_app', 'service', 'SELECT'),
         ('mdash_app', 'event', 'SELECT'),
         ('mdash_app', 'event_reader', 'UPDATE'),
         ('mdash_auth', 'app_user', 'SELECT'),
         ('mdash_auth', 'session', 'INSERT'),
         ('mdash_auth', 'api_token', 'UPDATE')
)
SELECT 'the role ' || name || ' is missing' AS wrong
  FROM role
 WHERE rolname IS NULL
UNION ALL
SELECT rolname || ' is a superuser'
  FROM role
 WHERE rolsuper
UNION ALL
SELECT rolname || ' may change the schema'
  FROM role
 WHERE rolname IN ('mdash_app', 'mdash_auth')
   AND NOT rolsuper
   AND has_schema_privilege(rolname, 'public', 'CREATE')
UNION ALL
SELECT r.rolname || ' may read ' || s.tab
  FROM role r
 CROSS JOIN secret s
 WHERE r.rolname = 'mdash_app'
   AND NOT r.rolsuper
   AND has_table_privilege(r.rolname, s.tab, 'SELECT')
UNION ALL
SELECT r.rolname || ' may not ' || lower(w.privilege) || ' ' || w.tab
  FROM role r
  JOIN wanted w ON w.rolname = r.rolname
 WHERE NOT has_table_privilege(r.rolname, w.tab, w.privilege)
 ORDER BY 1
 LIMIT 50;
