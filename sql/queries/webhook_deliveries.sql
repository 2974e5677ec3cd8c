-- SPDX-License-Identifier: Apache-2.0
-- webhook_deliveries.sql: deliveries of a webhook, the newest first.
-- $1 bigint webhook, $2 text state or NULL, $3 bigint before this id,
-- $4 int at most
SELECT webhook_delivery_json(d) AS document, d.id
  FROM webhook_delivery d
 WHERE d.webhook = $1::bigint AND d.id < $3::bigint
   AND ($2::text IS NULL OR d.state = $2::text)
 ORDER BY d.id DESC
 LIMIT $4::integer;
