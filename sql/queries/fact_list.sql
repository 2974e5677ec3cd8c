-- SPDX-License-Identifier: Apache-2.0
-- fact_list.sql: what is known of a service, by key.  $1 text service
SELECT fact_json(f.key, f) AS document
  FROM service s
  JOIN fact f ON f.service = s.id AND f.valid_to IS NULL
 WHERE s.service_id = $1
 ORDER BY f.key;
