-- SPDX-License-Identifier: Apache-2.0
-- version_diff.sql: how two versions differ; one that is not there is NULL.
-- $1 text service id, $2 int number before, $3 int number after
SELECT version_json(f, f.valid_from IS NOT NULL AND f.valid_to IS NULL)::text
         AS before,
       version_json(t, t.valid_from IS NOT NULL AND t.valid_to IS NULL)::text
         AS after,
       spec_diff(f.spec, t.spec)::text AS changes,
       f.id IS NOT NULL AS has_before,
       t.id IS NOT NULL AS has_after
  FROM service s
  LEFT JOIN service_version f
    ON f.service = s.id AND f.number = $2::integer
  LEFT JOIN service_version t
    ON t.service = s.id AND t.number = $3::integer
 WHERE s.service_id = $1;
