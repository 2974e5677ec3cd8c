-- SPDX-License-Identifier: Apache-2.0
-- proto_apply.sql: makes a revision.  $1 text repository, $2 text result,
-- $3 int number, $4 bigint[] files, $5 bytea hash of the set, $6 bigint bytes,
-- $7 bool all with source info, $8 jsonb options, $9 jsonb who
SELECT a.repository_id, a.added, a.changed, a.removed, a.counts, a.symbols,
       a.twice
  FROM descriptor_apply($1::text, $2::text, $3::integer, $4::bigint[], $5::bytea,
         $6::bigint, $7::boolean, $8::jsonb, $9::jsonb) AS a;
