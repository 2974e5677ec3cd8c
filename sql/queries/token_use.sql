-- SPDX-License-Identifier: Apache-2.0
-- token_use.sql: what the holder of a token may do.  $1 bytea digest
SELECT t.id,
       t.kind,
       t.name,
       t.owner,
       array_to_string(t.scopes, ' ') AS scopes,
       coalesce(t.team, (SELECT string_agg(m.team, ' ' ORDER BY m.team)
                           FROM app_user_team m
                          WHERE m.user_name = t.owner), '') AS teams,
       array_to_string(t.services, ' ') AS services,
       to_char(t.expires_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS expires_at,
       (extract(epoch FROM t.expires_at - now()) * 1000)::bigint AS left_ms,
       t.revoked_at IS NOT NULL AS revoked,
       coalesce(u.disabled_at IS NOT NULL, false) AS disabled,
       coalesce(t.used_at < now() - interval '1 minute', true) AS stale
  FROM api_token t
  LEFT JOIN app_user u ON u.name = t.owner
 WHERE t.secret_sha256 = $1::bytea;
