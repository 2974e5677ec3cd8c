-- SPDX-License-Identifier: Apache-2.0
-- reader_claim.sql: may this connection be the reader?  $1 text reader
-- The lock ends with the connection. Its first number is ours alone.
SELECT pg_try_advisory_lock(7301, hashtext($1)) AS claimed;
