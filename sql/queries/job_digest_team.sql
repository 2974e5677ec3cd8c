-- SPDX-License-Identifier: Apache-2.0
-- job_digest_team.sql: was there anything to tell a team; NULL = the job is no
-- longer the caller's.  $1 bigint job, $2 bigint fence, $3 text origin of pages
SELECT job_digest_team($1::bigint, $2::bigint, $3) AS told;
