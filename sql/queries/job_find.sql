-- SPDX-License-Identifier: Apache-2.0
-- job_find.sql: a JobDetail.  $1 bigint job
SELECT job_detail_json(j)::text AS document
  FROM job j
 WHERE j.id = $1::bigint;
