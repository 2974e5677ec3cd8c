-- SPDX-License-Identifier: Apache-2.0
-- proto_plan.sql: what a descriptor set means.  $1 text repository, $2 bytea
-- hash of the set, $3 jsonb options, $4 jsonb who
SELECT p.status, p.detail, p.extra, p.result, p.number, p.current
  FROM descriptor_plan($1::text, $2::bytea, $3::jsonb, $4::jsonb) AS p;
