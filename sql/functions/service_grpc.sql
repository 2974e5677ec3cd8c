-- SPDX-License-Identifier: Apache-2.0
-- service_grpc: what live services provide and consume.

-- Brings the rows of these services in line with their current specs. Rows that
-- stay as they are are not written: most changes of a spec are about other keys.
CREATE OR REPLACE FUNCTION service_grpc_follow(numbers bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  wanted service_grpc[] := ARRAY(
    SELECT ROW(s.id, CASE name.place WHEN 1 THEN 'provides' ELSE 'consumes' END,
               split_part(name.text, '/', 1),
               split_part(name.text, '/', 2))::service_grpc
      FROM service s
      JOIN service_version v ON v.id = s.version_id
     CROSS JOIN LATERAL (
        SELECT 1, unnest(spec_texts(v.spec #> '{grpc,provides}'))
         UNION
        SELECT 2, unnest(spec_texts(v.spec #> '{grpc,consumes}'))
       ) AS name (place, text)
     WHERE s.id = ANY (numbers) AND s.tombstoned_at IS NULL);
BEGIN
  DELETE FROM service_grpc g
   WHERE g.service = ANY (numbers)
     AND (g.service, g.role, g.grpc_service, g.method) NOT IN (
           SELECT w.service, w.role, w.grpc_service, w.method
             FROM unnest(wanted) AS w);
  INSERT INTO service_grpc (service, role, grpc_service, method)
  SELECT w.service, w.role, w.grpc_service, w.method
    FROM unnest(wanted) AS w
  ON CONFLICT ON CONSTRAINT service_grpc_pkey DO NOTHING;
END $$;

-- A method as specs write it.
CREATE OR REPLACE FUNCTION grpc_target(grpc_service text, method text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE method WHEN '' THEN grpc_service
                     ELSE grpc_service || '/' || method END
$$;
COMMENT ON FUNCTION grpc_target(text, text) IS 'SERVICE or SERVICE/METHOD';

-- Every single need of a live service for something else: a row for each entry
-- of dependsOn (rpc NULL) and for each RPC and service that provides it. A
-- target that is no live service has a key all the same: the id, or
-- grpc:SERVICE when nobody provides it.
CREATE OR REPLACE FUNCTION dependency_needs()
RETURNS TABLE (source bigint, target bigint, target_key text, rpc text)
LANGUAGE sql STABLE AS $$
  SELECT s.id, t.id, name, NULL::text
    FROM service s
    JOIN service_version v ON v.id = s.version_id
   CROSS JOIN LATERAL unnest(v.depends_on) AS name
    LEFT JOIN service t ON t.service_id = name AND t.tombstoned_at IS NULL
   WHERE s.tombstoned_at IS NULL
   UNION ALL
  SELECT c.service, t.id, coalesce(t.service_id, 'grpc:' || c.grpc_service),
         grpc_target(c.grpc_service, c.method)
    FROM service_grpc c
    LEFT JOIN service_grpc p
      ON p.grpc_service = c.grpc_service AND p.role = 'provides'
    LEFT JOIN service t ON t.id = p.service
   WHERE c.role = 'consumes'
$$;
COMMENT ON FUNCTION dependency_needs() IS 'All edges of the dependency graph, one row a reason';
