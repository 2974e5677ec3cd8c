-- SPDX-License-Identifier: Apache-2.0
-- proto_bytes.sql: the bytes of a file.  $1 bytea hash
SELECT b.bytes
  FROM blob b
 WHERE b.sha256 = $1::bytea;
