-- SPDX-License-Identifier: Apache-2.0
-- job_digest.sql: how many teams are told what they have to do; NULL = the job is
-- no longer the caller's.  $1 bigint job, $2 bigint fence
SELECT job_digest($1::bigint, $2::bigint) AS teams;
