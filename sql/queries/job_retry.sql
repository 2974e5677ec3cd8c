-- SPDX-License-Identifier: Apache-2.0
-- job_retry.sql: the job that is tried anew, or why not.  $1 bigint job, $2 text
-- principal
SELECT status, detail, body
  FROM job_retry($1::bigint, $2);
