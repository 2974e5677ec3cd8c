-- SPDX-License-Identifier: Apache-2.0
-- api_revision_find.sql: a repository and one of its revisions; number NULL when
-- it has no such one.  $1 text repository, $2 int number or NULL = current
SELECT r.id, v.number, repository_json(r, c) AS repository,
       revision_json(v, v.number = r.revision) AS revision,
       encode(v.set_sha256, 'hex') AS hash
  FROM proto_repository r
  JOIN proto_revision c ON c.repository = r.id AND c.number = r.revision
  LEFT JOIN proto_revision v
    ON v.repository = r.id AND v.number = coalesce($2::integer, r.revision)
 WHERE r.name = $1;
