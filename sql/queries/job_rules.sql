-- SPDX-License-Identifier: Apache-2.0
-- job_rules.sql: facts that still wait after rules have looked at those that a
-- publish left, as the result of a job; NULL = the job is no longer the caller's.
-- $1 bigint job, $2 bigint fence
SELECT job_rules($1::bigint, $2::bigint)::text AS result;
