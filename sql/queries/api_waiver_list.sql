-- SPDX-License-Identifier: Apache-2.0
-- api_waiver_list.sql: waivers, the newest first.  $1 bigint repository,
-- $2 text active, past or all, $3 bigint before this id, $4 int at most
SELECT waiver_json(w) AS document, w.id
  FROM breaking_waiver w
 WHERE w.repository = $1::bigint AND w.id < $3::bigint
   AND ($2::text = 'all' OR (waiver_state(w) = 'active') = ($2::text = 'active'))
 ORDER BY w.id DESC
 LIMIT $4::integer;
