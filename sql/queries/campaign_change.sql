-- SPDX-License-Identifier: Apache-2.0
-- campaign_change.sql: a campaign with other members.  $1 text name, $2 bigint
-- its version, $3 text CampaignChange, $4 text who (JSON)
SELECT status, pointer, detail, body
  FROM campaign_change($1, $2::bigint, $3, $4);
