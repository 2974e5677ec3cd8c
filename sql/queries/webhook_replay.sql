-- SPDX-License-Identifier: Apache-2.0
-- webhook_replay.sql: sends what a webhook wants of the log again; no row: it is
-- gone.
-- $1 bigint webhook, $2 text xid and $3 bigint id of the event before,
-- $4 text since or NULL, $5 text subject or NULL, $6 int at most,
-- $7 text who (JSON)
SELECT document
  FROM webhook_replay($1::bigint, $2::xid8, $3::bigint, $4::timestamptz, $5::text,
                      $6::integer, $7::jsonb) AS document
 WHERE document IS NOT NULL;
