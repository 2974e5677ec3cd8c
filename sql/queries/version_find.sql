-- SPDX-License-Identifier: Apache-2.0
-- version_find.sql: one version with its text, and how it differs from the
-- version that was there when it came.  $1 text service id, $2 int number
SELECT version_json(v, v.valid_from IS NOT NULL AND v.valid_to IS NULL)::text
         AS document,
       v.spec::text AS spec,
       convert_from(b.bytes, 'UTF8') AS source,
       coalesce((SELECT spec_diff(before.spec, v.spec)
                   FROM service_version before
                  WHERE before.service = v.service
                    AND before.number < v.number
                    AND before.valid_from IS NOT NULL
                  ORDER BY before.number DESC
                  LIMIT 1), '[]')::text AS changes
  FROM service s
  JOIN service_version v ON v.service = s.id
  JOIN blob b ON b.sha256 = v.source_sha256
 WHERE s.service_id = $1
   AND v.number = $2::integer;
