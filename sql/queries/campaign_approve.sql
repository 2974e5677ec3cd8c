-- SPDX-License-Identifier: Apache-2.0
-- campaign_approve.sql: launches what was held.  $1 text name, $2 text who (JSON),
-- $3 bigint version that was seen, 0 = any
SELECT status, pointer, detail, body
  FROM campaign_approve($1, $2, nullif($3::bigint, 0));
