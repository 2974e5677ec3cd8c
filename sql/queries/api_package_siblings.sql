-- SPDX-License-Identifier: Apache-2.0
-- api_package_siblings.sql: other versions of a package.  $1 bigint repository,
-- $2 int number, $3 text package
SELECT DISTINCT s.package
  FROM regexp_replace($3, '\.v\d+[a-z0-9]*$', '') AS base
  JOIN revision_spans($1::bigint, $2::integer) AS s
    ON s.package > base || '.v' AND s.package < base || '.w'
   AND s.package ~ '\.v\d+[a-z0-9]*$'
   AND length(regexp_replace(s.package, '\.v\d+[a-z0-9]*$', '')) = length(base)
 WHERE base <> $3 AND s.package <> $3
 ORDER BY s.package
 LIMIT 100;
