-- SPDX-License-Identifier: Apache-2.0
-- session_end.sql: a browser has signed out.  $1 bytea digest
DELETE FROM session
 WHERE secret_sha256 = $1::bytea;
