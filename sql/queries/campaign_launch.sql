-- SPDX-License-Identifier: Apache-2.0
-- campaign_launch.sql: makes a draft run.  $1 text name, $2 timestamptz or NULL =
-- now, $3 text who (JSON)
SELECT status, pointer, detail, body
  FROM campaign_launch($1, $2::timestamptz, $3);
