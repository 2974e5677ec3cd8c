-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/hold_reject.sql: drops held deletions.  $1 publisher  $2 who
SELECT status, detail, extra, body, 0 AS follow,
       NULL::text AS commit, NULL::text AS run_url
  FROM hold_reject($1::text, $2::text);
