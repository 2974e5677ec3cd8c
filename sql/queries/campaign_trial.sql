-- SPDX-License-Identifier: Apache-2.0
-- campaign_trial.sql: runs the rule of a campaign without writing.  $1 text name,
-- $2 text CampaignChange or NULL = a launch, $3 text who (JSON)
SELECT status, pointer, detail, body FROM campaign_trial($1, $2, $3);
