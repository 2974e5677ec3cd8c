-- SPDX-License-Identifier: Apache-2.0
-- campaign_suspect.sql: whether a preview took too long for its rule.  $1 text
-- CampaignDraft, $2 text campaign that it would change or NULL
SELECT status, pointer, detail, body FROM campaign_suspect($1, $2);
