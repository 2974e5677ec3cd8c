-- SPDX-License-Identifier: Apache-2.0
-- api_enum_hash.sql: the file that declares an enum.  $1 bigint repository,
-- $2 int number, $3 text full name
SELECT encode(f.sha256, 'hex') AS sha256
  FROM symbol_at($1::bigint, $2::integer, $3) AS y
  JOIN proto_file f ON f.id = y.file
 WHERE y.kind = 'enum';
