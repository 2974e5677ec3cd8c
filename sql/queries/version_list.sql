-- SPDX-License-Identifier: Apache-2.0
-- version_list.sql: versions of a service, the newest first.  $1 text service
-- id, $2 int number to go on before, $3 int at most
SELECT version_json(v, v.valid_from IS NOT NULL AND v.valid_to IS NULL)::text
         AS document, v.number
  FROM service s
  JOIN service_version v ON v.service = s.id
 WHERE s.service_id = $1
   AND v.number < $2::integer
 ORDER BY v.number DESC
 LIMIT $3::integer;
