-- SPDX-License-Identifier: Apache-2.0
-- webhook_claim.sql: deliveries to be tried now, signed.  $1 text public origin,
-- $2 int at most
SELECT id, fence, url, message_id, moment, signature, body, media_type
  FROM webhook_claim($1::text, $2::integer);
