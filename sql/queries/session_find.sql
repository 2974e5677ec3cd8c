-- SPDX-License-Identifier: Apache-2.0
-- session_find.sql: whose session it is, if it lasts still.
-- $1 bytea digest, $2 bigint idle seconds, $3 bigint longest seconds
SELECT u.name AS user_name,
       u.display_name,
       u.role,
       (SELECT coalesce(string_agg(t.team, ' ' ORDER BY t.team), '')
          FROM app_user_team t
         WHERE t.user_name = u.name) AS teams,
       u.must_change_password,
       to_char(e.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS expires_at,
       (extract(epoch FROM e.ends_at - now()) * 1000)::bigint AS left_ms,
       s.seen_at < now() - interval '1 minute' AS stale
  FROM session s
  JOIN app_user u ON u.name = s.user_name
 CROSS JOIN LATERAL (
   SELECT least(s.seen_at + make_interval(secs => $2::bigint),
                s.created_at + make_interval(secs => $3::bigint)) AS ends_at
 ) e
 WHERE s.secret_sha256 = $1::bytea
   AND e.ends_at > now()
   AND u.disabled_at IS NULL;
