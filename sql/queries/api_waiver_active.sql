-- SPDX-License-Identifier: Apache-2.0
-- api_waiver_active.sql: waivers in force, those that last longest first.
-- $1 bigint repository, $2 int at most
SELECT w.id, w.rule, w.subject, w.reason, rfc3339(w.until) AS until,
       principal_shown(w.granted_by) AS granted_by
  FROM breaking_waiver w
 WHERE w.repository = $1::bigint AND w.ended_at IS NULL AND w.until > now()
 ORDER BY w.until DESC, w.id
 LIMIT $2::integer;
