-- SPDX-License-Identifier: Apache-2.0
-- job_claim.sql: jobs to be done now, of one kind.  $1 text JSON, an array of
-- {kind, most, mostTarget, batch}, $2 text runner, $3 bigint milliseconds of lease
SELECT id, kind, key, payload::text AS payload, target, attempts, attempts_max,
       fence, parent
  FROM job_claim($1::jsonb, $2, $3::bigint);
