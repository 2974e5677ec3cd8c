-- SPDX-License-Identifier: Apache-2.0
-- session_touch.sql: a session is in use; written once a minute at most.
-- $1 bytea digest
UPDATE session
   SET seen_at = now()
 WHERE secret_sha256 = $1::bytea
   AND seen_at < now() - interval '1 minute';
