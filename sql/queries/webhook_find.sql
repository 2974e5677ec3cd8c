-- SPDX-License-Identifier: Apache-2.0
-- webhook_find.sql: one webhook.  $1 bigint id
SELECT webhook_json(w) AS document, w.state, w.version
  FROM webhook w
 WHERE w.id = $1::bigint;
