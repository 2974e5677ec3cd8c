-- SPDX-License-Identifier: Apache-2.0
-- report_bytes.sql: the bytes of a report that waits to be read.
-- $1 text SHA-256 in hexadecimal
SELECT bytes
  FROM blob
 WHERE sha256 = decode($1::text, 'hex');
