-- SPDX-License-Identifier: Apache-2.0
-- campaign_create.sql: a draft.  $1 text CampaignDraft, $2 text who (JSON)
SELECT status, pointer, detail, body FROM campaign_create($1, $2);
