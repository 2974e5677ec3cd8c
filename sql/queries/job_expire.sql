-- SPDX-License-Identifier: Apache-2.0
-- job_expire.sql: what ended by itself, as the result of a job; NULL = the job is
-- no longer the caller's.  $1 bigint job, $2 bigint fence, $3 int of each at most
SELECT job_expire($1::bigint, $2::bigint, $3::integer)::text AS result;
