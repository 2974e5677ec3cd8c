-- SPDX-License-Identifier: Apache-2.0
-- job_renew.sql: numbers of the jobs that are still the runner's, for longer.
-- $1 text JSON, an array of {id, fence}, $2 bigint milliseconds of lease
SELECT id
  FROM job_renew($1::jsonb, $2::bigint) AS id;
