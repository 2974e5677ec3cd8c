-- SPDX-License-Identifier: Apache-2.0
-- api_impact.sql: services whose RPCs are made of symbols.  $1 bigint repository,
-- $2 int number, $3 text[] full names of symbols, $4 text[] paths of files, one
-- for each; used where there is no such symbol
SELECT i.place, i.service, i.team, i.role, array_to_string(i.rpcs, E'\n') AS rpcs
  FROM api_impact($1::bigint, $2::integer, $3::text[], $4::text[]) AS i
 ORDER BY i.place, i.role, i.service;
