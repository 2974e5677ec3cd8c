-- SPDX-License-Identifier: Apache-2.0
-- proto_seen.sql: a set that changed nothing has arrived;
-- the counts of the current revision.  $1 text repository,
-- $2 jsonb options, $3 jsonb who
SELECT descriptor_unchanged($1::text, $2::jsonb, $3::jsonb) AS counts;
