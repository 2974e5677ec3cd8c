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
      JOIN proto_reference r ON r.to_name = u.name AND r.kind <> 'extension'
     WHERE u.kind = 'field'
       AND EXISTS (SELECT FROM proto_span s
                    WHERE s.file = r.file AND s.repository = wanted
                      AND s.since <= number
                      AND (s.until IS NULL OR s.until > number))
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
      JOIN revision_spans(wanted, number) AS s ON s.path = g.path
      JOIN proto_symbol y ON y.file = s.file AND y.kind = 'service'
     WHERE NOT EXISTS (SELECT FROM met m WHERE m.place = g.place)
  )
  SELECT r.place, s.service_id, s.team, g.role,
         array_agg(DISTINCT g.grpc_service
           || CASE WHEN g.method = '' THEN '' ELSE '.' || g.method END)
    FROM rpc r
    JOIN service_grpc g ON g.grpc_service = r.grpc_service
     AND (r.method IS NULL OR g.method IN ('', r.method))
    JOIN service s ON s.id = g.service
   GROUP BY r.place, s.service_id, s.team, g.role;
END $$;
