-- SPDX-License-Identifier: Apache-2.0
-- job_list.sql: jobs, the newest first.  $1 text state or NULL, $2 text kind or
-- NULL, $3 bigint parent or NULL for those without one, $4 bigint id that they are
-- below, $5 int at most
SELECT job_json(j)::text AS document, j.id
  FROM job j
 WHERE j.parent IS NOT DISTINCT FROM $3::bigint
   AND ($1::text IS NULL OR j.state = $1)
   AND ($2::text IS NULL OR j.kind = $2)
   AND j.id < $4::bigint
 ORDER BY j.id DESC
 LIMIT $5::integer;
