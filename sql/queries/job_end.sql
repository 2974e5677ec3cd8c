-- SPDX-License-Identifier: Apache-2.0
-- job_end.sql: numbers of the jobs that were still the runner's and have ended.
-- $1 text JSON, an array of {id, fence, outcome, result, error, delay}
SELECT id
  FROM job_end($1::jsonb) AS id;
