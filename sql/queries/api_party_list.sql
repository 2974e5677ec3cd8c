-- SPDX-License-Identifier: Apache-2.0
-- api_party_list.sql: who provides or consumes a gRPC service, or one method of
-- it.  $1 text gRPC service, $2 text method or NULL, $3 text role
SELECT party_json(s, g.method) AS document
  FROM service_grpc g
  JOIN service s ON s.id = g.service
 WHERE g.grpc_service = $1 AND g.role = $3
   AND ($2::text IS NULL OR g.method IN ('', $2))
 ORDER BY s.service_id, g.method
 LIMIT 5000;
