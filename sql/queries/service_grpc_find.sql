-- SPDX-License-Identifier: Apache-2.0
-- service_grpc_find.sql: what a service provides and consumes.  $1 text service
SELECT service_grpc_json(s.id) AS document
  FROM service s
 WHERE s.service_id = $1;
