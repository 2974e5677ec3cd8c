-- SPDX-License-Identifier: Apache-2.0
-- campaign_preview.sql: what a launch of a draft would do.  $1 text CampaignDraft,
-- $2 text campaign that it would change or NULL, $3 timestamptz of a back-test or
-- NULL, $4 text who (JSON)
SELECT status, pointer, detail, body
  FROM campaign_preview_draft($1, $2, $3::timestamptz, $4);
