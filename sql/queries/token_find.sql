-- SPDX-License-Identifier: Apache-2.0
-- token_find.sql: one token.  $1 bigint id
SELECT t.id,
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
            ELSE 'active' END AS state
  FROM api_token t
 WHERE t.id = $1::bigint;
