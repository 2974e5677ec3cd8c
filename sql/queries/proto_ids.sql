-- SPDX-License-Identifier: Apache-2.0
-- proto_ids.sql: files that are stored, by key.  $1 bytea[] keys
SELECT encode(f.key, 'hex') AS key, f.id
  FROM proto_file f
 WHERE f.key = ANY ($1::bytea[])
 ORDER BY f.key;
