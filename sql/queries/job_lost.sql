-- SPDX-License-Identifier: Apache-2.0
-- job_lost.sql: how many jobs a runner left behind that has ended.  $1 text runner
SELECT job_lost($1) AS jobs;
