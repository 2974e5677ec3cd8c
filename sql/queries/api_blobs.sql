-- SPDX-License-Identifier: Apache-2.0
-- api_blobs.sql: bytes of files, in the order asked for.  $1 bytea[] hashes
SELECT b.bytes
  FROM unnest($1::bytea[]) WITH ORDINALITY AS h (sha256, place)
  JOIN blob b ON b.sha256 = h.sha256
 ORDER BY h.place;
