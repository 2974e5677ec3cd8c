-- SPDX-License-Identifier: Apache-2.0
-- dependency_grpc.sql: all that live services provide and consume.
SELECT g.service, g.role = 'provides' AS provides, g.grpc_service,
       grpc_target(g.grpc_service, g.method) AS target
  FROM service_grpc g;
