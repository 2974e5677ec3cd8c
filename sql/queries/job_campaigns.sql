-- SPDX-License-Identifier: Apache-2.0
-- job_campaigns.sql: campaigns that were launched, as the result of a job; NULL =
-- the job is no longer the caller's.  $1 bigint job, $2 bigint fence
SELECT job_campaigns($1::bigint, $2::bigint)::text AS result;
