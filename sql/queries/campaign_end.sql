-- SPDX-License-Identifier: Apache-2.0
-- campaign_end.sql: ends a campaign.  $1 text name, $2 text finished or cancelled,
-- $3 text who (JSON)
SELECT status, pointer, detail, body FROM campaign_end($1, $2, $3);
