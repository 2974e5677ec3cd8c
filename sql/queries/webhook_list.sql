-- SPDX-License-Identifier: Apache-2.0
-- webhook_list.sql: all webhooks by name; there are not many.
SELECT webhook_json(w) AS document
  FROM webhook w
 ORDER BY w.name
 LIMIT 1000;
