-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/idempotency_keep.sql: keeps an answer under its key.
-- $1 principal  $2 key  $3 fingerprint, hex  $4 status  $5 body  $6 seconds
INSERT INTO idempotency AS i (principal, key, fingerprint, status, body,
       expires_at)
VALUES ($1::text, $2::text, decode($3::text, 'hex'), $4::smallint, $5::text,
        now() + make_interval(secs => $6::bigint))
    ON CONFLICT ON CONSTRAINT idempotency_pkey
    DO UPDATE SET fingerprint = excluded.fingerprint,
       status = excluded.status, body = excluded.body,
       expires_at = excluded.expires_at
 WHERE i.expires_at < now();
