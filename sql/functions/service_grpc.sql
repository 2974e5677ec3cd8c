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
     AND NOT EXISTS (
           SELECT FROM unnest(wanted) AS w
            WHERE w.service = g.service AND w.role = g.role
              AND w.grpc_service = g.grpc_service AND w.method = g.method);
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
