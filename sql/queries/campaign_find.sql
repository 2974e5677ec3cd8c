-- SPDX-License-Identifier: Apache-2.0
-- campaign_find.sql: a campaign and its progress.  $1 text name
SELECT campaign_page(c) AS document, c.version
  FROM campaign c
 WHERE c.name = $1 COLLATE "C";
