-- SPDX-License-Identifier: Apache-2.0
-- api_package_below.sql: packages below a package.  $1 bigint repository,
-- $2 int number, $3 text package
SELECT DISTINCT s.package
  FROM revision_spans($1::bigint, $2::integer) AS s
 WHERE s.package > $3 || '.' AND s.package < $3 || '/'
 ORDER BY s.package
 LIMIT 2000;
