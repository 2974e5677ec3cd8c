-- SPDX-License-Identifier: Apache-2.0
-- api_diff_packages.sql: the packages of files that are the same in two
-- revisions, and which kinds of things they declare.  $1 bigint repository,
-- $2 int number before, $3 int number after
SELECT f.package, bool_or(f.messages > 0) AS messages, bool_or(f.enums > 0) AS enums,
       bool_or(f.extensions > 0) AS extensions
  FROM revision_spans($1::bigint, $2::integer) AS was
  JOIN revision_spans($1::bigint, $3::integer) AS now
    ON now.path = was.path AND now.file = was.file
  JOIN proto_file f ON f.id = was.file
 GROUP BY f.package;
