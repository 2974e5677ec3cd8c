-- SPDX-License-Identifier: Apache-2.0
-- api_package_files.sql: the files of a package.  $1 bigint repository,
-- $2 int number, $3 text package
SELECT s.path
  FROM revision_spans($1::bigint, $2::integer) AS s
 WHERE s.package = $3
 ORDER BY s.path
 LIMIT 10000;
