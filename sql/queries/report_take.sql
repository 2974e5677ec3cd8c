-- SPDX-License-Identifier: Apache-2.0
-- report_take.sql: keeps a report and adds the job that reads it.
-- $1 text service  $2 text format  $3 bytea bytes  $4 bigint seconds its facts
-- hold  $5 text options  $6 text who
SELECT status, detail, extra, body, false AS follow
  FROM report_take($1::text, $2::text, $3::bytea, $4::bigint, $5::text, $6::text);
