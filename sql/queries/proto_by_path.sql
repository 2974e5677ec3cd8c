-- SPDX-License-Identifier: Apache-2.0
-- proto_by_path.sql: current files by path, of a repository rather than of
-- another, else of the oldest.  $1 text repository, $2 text[] paths
SELECT DISTINCT ON (f.path COLLATE "C") encode(f.sha256, 'hex') AS sha256, f.path,
       f.package, f.syntax, array_to_string(f.imports, E'\n') AS imports,
       f.extends, f.source_info
  FROM proto_span s
  JOIN proto_repository r ON r.id = s.repository
  JOIN proto_file f ON f.id = s.file
 WHERE s.path = ANY ($2::text[])
   AND s.since <= r.revision
   AND (s.until IS NULL OR s.until > r.revision)
 ORDER BY f.path COLLATE "C", r.name <> $1, r.id;
