-- SPDX-License-Identifier: Apache-2.0
-- Which service offers and which calls which RPC: the edges of the dependency
-- graph that no spec writes down as such.
BEGIN;

CREATE TABLE service_grpc (
  service      bigint NOT NULL,
  role         text   NOT NULL,
  grpc_service text   NOT NULL,
  method       text   NOT NULL DEFAULT '',
  CONSTRAINT service_grpc_pkey PRIMARY KEY (service, role, grpc_service, method),
  CONSTRAINT service_grpc_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE,
  CONSTRAINT service_grpc_role CHECK (role IN ('provides', 'consumes'))
);
COMMENT ON TABLE service_grpc IS 'gRPC services that live services provide and consume, as their current specs say';
COMMENT ON COLUMN service_grpc.service IS 'The service whose spec says so';
COMMENT ON COLUMN service_grpc.role IS 'provides, consumes';
COMMENT ON COLUMN service_grpc.grpc_service IS 'Full name of the gRPC service';
COMMENT ON COLUMN service_grpc.method IS 'The method that is consumed; empty = the whole service';
CREATE INDEX service_grpc_name ON service_grpc (grpc_service, role, method, service);

INSERT INTO service_grpc (service, role, grpc_service, method)
SELECT s.id, 'provides', name, ''
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 CROSS JOIN LATERAL unnest(spec_texts(v.spec #> '{grpc,provides}')) AS name
 WHERE s.tombstoned_at IS NULL
 UNION
SELECT s.id, 'consumes', split_part(name, '/', 1), split_part(name, '/', 2)
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 CROSS JOIN LATERAL unnest(spec_texts(v.spec #> '{grpc,consumes}')) AS name
 WHERE s.tombstoned_at IS NULL;

SELECT schema_register(5, 'service_grpc');
COMMIT;
