-- SPDX-License-Identifier: Apache-2.0
-- proto_tell.sql: tells of a revision.  $1 text repository, $2 text result,
-- $3 int number, $4 int breaking changes, $5 text[] services that they hit,
-- $6 jsonb options, $7 jsonb who
SELECT descriptor_tell($1::text, $2::text, $3::integer, $4::integer, $5::text[],
                       $6::jsonb, $7::jsonb);
