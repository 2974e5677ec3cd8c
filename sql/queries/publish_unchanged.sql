-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/publish_unchanged.sql: a spec that is what it was; no row when it
-- takes sql_publish.  $1 id  $2 canonical spec  $3 options  $4 who  $5 warnings
SELECT 200 AS status, NULL::text AS detail, NULL::text AS extra, body,
       0 AS follow
  FROM publish_unchanged($1::text, $2::text, $3::text, $4::text, $5::text)
       AS body;
