-- SPDX-License-Identifier: Apache-2.0
-- job_expire.sql: services of facts that nobody reported again; NULL = the job is
-- no longer the caller's.  $1 bigint job, $2 bigint fence, $3 int facts at most
SELECT job_expire($1::bigint, $2::bigint, $3::integer) AS services;
