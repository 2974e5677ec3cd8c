-- SPDX-License-Identifier: Apache-2.0
-- Functions of previews whose parameters are others now.
BEGIN;

DROP FUNCTION IF EXISTS campaign_preview_draft(text, text, timestamptz, text);
DROP FUNCTION IF EXISTS campaign_suspect(text);

SELECT schema_register(17, 'previews');
COMMIT;
