-- SPDX-License-Identifier: Apache-2.0
-- api_packages.sql: the packages of a revision.  $1 bigint repository, $2 int
-- number
SELECT CASE WHEN r.revision = $2::integer THEN r.packages_json
            ELSE revision_packages(r.id, $2::integer)::text END AS document
  FROM proto_repository r
 WHERE r.id = $1::bigint;
