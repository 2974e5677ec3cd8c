-- SPDX-License-Identifier: Apache-2.0
-- token_create.sql: a new token.
-- $1 text kind, $2 text name, $3 text hint, $4 bytea digest, $5 text owner,
-- $6 text team, $7 text[] scopes, $8 text[] services, $9 text created by,
-- $10 bigint days
INSERT INTO api_token AS t (kind, name, hint, secret_sha256, owner, team, scopes,
                            services, created_by, expires_at)
VALUES ($1::text, $2::text, $3::text, $4::bytea, $5::text, $6::text, $7::text[],
        $8::text[], $9::text, now() + make_interval(days => $10::bigint::int))
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
