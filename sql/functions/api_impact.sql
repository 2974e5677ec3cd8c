-- SPDX-License-Identifier: Apache-2.0
-- Who is hit: the services whose specs say that they call or implement an RPC
-- that is, or is made of, one of some symbols, as a revision has them.

-- From types up to the methods that are made of them.
CREATE OR REPLACE FUNCTION type_methods(wanted bigint, number integer,
  names text[]) RETURNS TABLE (root text, method text)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up AS (
    SELECT n.name AS root, n.name AS name, 'field' AS kind
      FROM (SELECT DISTINCT name FROM unnest(names) AS name) AS n
     UNION
    SELECT u.root, r.owner, r.kind
      FROM up u
     -- By name; joined, all references might be read at every step.
     CROSS JOIN LATERAL (
       SELECT r.owner, r.kind, r.file
         FROM proto_reference r
        WHERE r.to_name = u.name AND r.kind <> 'extension'
       OFFSET 0) AS r
     CROSS JOIN LATERAL revision_has(wanted, number, r.file)
     WHERE u.kind = 'field'
  )
  SELECT u.root, u.name FROM up u WHERE u.kind = 'method'
$$;

-- A finding about a field is one about its message; about a file, about its
-- services. `place` counts the symbols from 1.
CREATE OR REPLACE FUNCTION api_impact(wanted bigint, number integer,
  names text[], paths text[])
RETURNS TABLE (place bigint, service text, team text, role text, rpcs text[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- Most repositories have findings in what nobody of the catalogue names.
  IF NOT EXISTS (SELECT FROM service_grpc g
                  CROSS JOIN LATERAL symbol_at(wanted, number, g.grpc_service) AS y)
  THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH given AS (
    SELECT g.place, g.name, g.path
      FROM unnest(names, paths) WITH ORDINALITY AS g (name, path, place)
  ), met AS MATERIALIZED (
    SELECT g.place, y.kind, y.full_name, y.parent, y.name
      FROM given g
     CROSS JOIN LATERAL (
       SELECT * FROM symbol_at(wanted, number, g.name)
        UNION ALL
       SELECT * FROM symbol_at(wanted, number,
                               regexp_replace(g.name, '\.[^.]*$', ''))
        LIMIT 1) AS y
  ), rpc AS (
    SELECT m.place, m.parent AS grpc_service, m.name AS method
      FROM met m WHERE m.kind = 'method'
     UNION
    SELECT m.place, m.full_name, NULL FROM met m WHERE m.kind = 'service'
     UNION
    SELECT m.place, regexp_replace(t.method, '\.[^.]*$', ''),
           split_part(t.method, '.', -1)
      FROM type_methods(wanted, number,
             ARRAY(SELECT DISTINCT m.full_name FROM met m
                    WHERE m.kind IN ('message', 'enum'))) AS t
      JOIN met m ON m.full_name = t.root
     UNION
    SELECT g.place, y.full_name, NULL
      FROM given g
     CROSS JOIN LATERAL (
       SELECT s.file FROM revision_spans(wanted, number) AS s
        WHERE s.path = g.path LIMIT 1) AS s
      JOIN proto_symbol y ON y.file = s.file AND y.kind = 'service'
     WHERE NOT EXISTS (SELECT FROM met m WHERE m.place = g.place)
  )
  SELECT r.place, s.service_id, s.team, g.role,
         array_agg(DISTINCT g.grpc_service
           || CASE WHEN g.method = '' THEN '' ELSE '.' || g.method END)
    FROM rpc r
   -- By the index, which is not in the order that names of symbols have.
   CROSS JOIN LATERAL (
     SELECT g.service, g.role, g.grpc_service, g.method
       FROM service_grpc g
      WHERE g.grpc_service = r.grpc_service COLLATE "default"
        AND (r.method IS NULL OR g.method IN ('', r.method))
     OFFSET 0) AS g
   CROSS JOIN LATERAL (
     SELECT s.service_id, s.team FROM service s
      WHERE s.id = g.service LIMIT 1) AS s
   GROUP BY r.place, s.service_id, s.team, g.role;
END $$;
