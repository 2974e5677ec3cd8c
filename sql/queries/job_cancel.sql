-- SPDX-License-Identifier: Apache-2.0
-- job_cancel.sql: the job that is done no more, or why not.  $1 bigint job, $2
-- text principal
SELECT status, detail, body
  FROM job_cancel($1::bigint, $2);
