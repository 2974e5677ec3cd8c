-- SPDX-License-Identifier: Apache-2.0
-- token_rotate.sql: the successor of a token that works and has none yet; the
-- old one goes on for a while.
-- $1 bigint id, $2 text hint, $3 bytea digest, $4 text created by,
-- $5 bigint hours that the old one goes on
WITH old AS (
  UPDATE api_token t
     SET expires_at = least(t.expires_at, now() + make_interval(hours => $5::bigint::int))
    FROM (SELECT id, expires_at - created_at AS life
            FROM api_token
           WHERE id = $1::bigint
             FOR UPDATE) was
   WHERE t.id = was.id
     AND t.revoked_at IS NULL
     AND t.expires_at > now()
     AND NOT EXISTS (SELECT FROM api_token n WHERE n.rotated_from = t.id)
  RETURNING t.id, t.kind, t.name, t.owner, t.team, t.scopes, t.services, was.life
)
INSERT INTO api_token AS t (kind, name, hint, secret_sha256, owner, team, scopes,
                            services, created_by, expires_at, rotated_from)
SELECT o.kind, o.name, $2::text, $3::bytea, o.owner, o.team, o.scopes, o.services,
       $4::text, now() + o.life, o.id
  FROM old o
RETURNING
       t.id,
       t.kind,
       t.name,
       t.hint,
       t.team,
       t.owner,
       array_to_string(t.scopes, ' ') AS scopes,
       array_to_string(t.services, ' ') AS services,
       t.created_by,
       to_char(t.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at,
       to_char(t.expires_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS expires_at,
       to_char(t.used_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS last_used_at,
       t.used_from AS last_used_from,
       to_char(t.revoked_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS revoked_at,
       t.rotated_from,
       CASE WHEN t.revoked_at IS NOT NULL THEN 'revoked'
            WHEN t.expires_at <= now() THEN 'expired'
            WHEN t.expires_at < now() + interval '14 days' THEN 'expiring'
            ELSE 'active' END AS state;
