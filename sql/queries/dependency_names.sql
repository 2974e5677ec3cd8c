-- SPDX-License-Identifier: Apache-2.0
-- dependency_names.sql: the ids of services.  $1 bigint[] numbers
SELECT s.id, s.service_id
  FROM service s
 WHERE s.id = ANY ($1::bigint[])
 ORDER BY s.service_id;
