-- SPDX-License-Identifier: Apache-2.0
-- campaign_approve.sql: launches what was held.  $1 text name, $2 text who (JSON)
SELECT status, pointer, detail, body FROM campaign_approve($1, $2);
