-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/hold_approve.sql: carries held deletions out.  $1 publisher  $2 who
SELECT status, detail, extra, body, rules_services() AS follow,
       commit, run_url
  FROM hold_approve($1::text, $2::text);
