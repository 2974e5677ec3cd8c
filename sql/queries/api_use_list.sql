-- SPDX-License-Identifier: Apache-2.0
-- api_use_list.sql: what names a type.  $1 bigint repository, $2 int number,
-- $3 text type, $4 text full name of the last use before, $5 int at most
SELECT json_build_object('kind', u.kind, 'fullName', u.from_name,
                         'file', f.path, 'line', u.line) AS document,
       u.from_name
  FROM (SELECT DISTINCT ON (r.from_name) r.kind, r.from_name, r.line, r.file
          FROM proto_reference r
         CROSS JOIN LATERAL revision_has($1::bigint, $2::integer, r.file)
         WHERE r.to_name = $3 AND r.from_name > $4
         ORDER BY r.from_name, r.file
         LIMIT $5::integer) AS u
  JOIN proto_file f ON f.id = u.file
 ORDER BY u.from_name;
