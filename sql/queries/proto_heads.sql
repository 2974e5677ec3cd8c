-- SPDX-License-Identifier: Apache-2.0
-- proto_heads.sql: what is known of bytes as files; no path where they are
-- stored otherwise.  $1 bytea[] hashes
SELECT DISTINCT ON (b.sha256) encode(b.sha256, 'hex') AS sha256, f.path,
       f.package, f.syntax, array_to_string(f.imports, E'\n') AS imports,
       coalesce(f.extends, false) AS extends,
       coalesce(f.source_info, false) AS source_info
  FROM blob b
  LEFT JOIN proto_file f ON f.sha256 = b.sha256
 WHERE b.sha256 = ANY ($1::bytea[])
 ORDER BY b.sha256;
