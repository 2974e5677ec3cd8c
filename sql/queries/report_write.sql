-- SPDX-License-Identifier: Apache-2.0
-- report_write.sql: what a report said becomes facts.  $1 bigint job
-- $2 bigint fence  $3 text family  $4 text facts, a JSON object
SELECT outcome, follow
  FROM report_write($1::bigint, $2::bigint, $3::text, $4::jsonb);
