-- SPDX-License-Identifier: Apache-2.0
-- campaign_suspect.sql: whether a preview took too long for its rule.  $1 text
-- CampaignDraft
SELECT status, pointer, detail, body FROM campaign_suspect($1);
