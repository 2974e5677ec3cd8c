-- SPDX-License-Identifier: Apache-2.0
-- Pieces of answers about gRPC APIs; shapes: doc/openapi.yaml.

CREATE OR REPLACE FUNCTION revision_json(v proto_revision, is_current boolean)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'number', v.number,
    'current', is_current,
    'applied', v.valid_from IS NOT NULL,
    'receivedAt', rfc3339(v.received_at),
    'principal', principal_shown(v.principal),
    'commit', v.commit,
    'commitTime', rfc3339(v.commit_time),
    'branch', v.branch,
    'sequence', v.sequence,
    'runUrl', v.run_url,
    'files', v.files,
    'bytes', v.bytes,
    'sourceInfo', v.source_info,
    'changed', v.changed,
    'breaking', v.breaking,
    'counts', v.counts_json::json)
$$;
COMMENT ON FUNCTION revision_json(proto_revision, boolean) IS 'ApiRevision';

CREATE OR REPLACE FUNCTION repository_json(r proto_repository, v proto_revision)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'name', r.name,
    'lastSeenAt', rfc3339(r.seen_at),
    'source', r.source,
    'revisions', r.revisions,
    'revision', revision_json(v, true),
    'counts', r.counts_json::json)
$$;
COMMENT ON FUNCTION repository_json(proto_repository, proto_revision) IS 'ApiRepositoryItem, of the current revision';

CREATE OR REPLACE FUNCTION symbol_item_json(y proto_symbol) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'kind', y.kind, 'name', y.name, 'fullName', y.full_name,
    'deprecated', y.deprecated, 'summary', y.summary, 'parts', y.parts)
$$;
COMMENT ON FUNCTION symbol_item_json(proto_symbol) IS 'ApiItem';

CREATE OR REPLACE FUNCTION party_json(s service, method text) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object('service', s.service_id, 'team', s.team,
                           'method', nullif(method, ''))
$$;
COMMENT ON FUNCTION party_json(service, text) IS 'ApiParty';

-- One row if a revision has a file. A limit and not EXISTS, which is also done by
-- reading all spans there are.
CREATE OR REPLACE FUNCTION revision_has(wanted bigint, number integer,
  given bigint) RETURNS TABLE (has boolean)
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT true
    FROM proto_span s
   WHERE s.file = given AND s.repository = wanted
     AND s.since <= number
     AND (s.until IS NULL OR s.until > number)
   LIMIT 1
$$;

-- Of the values of an enum: is another the first, or has one another number?
CREATE OR REPLACE FUNCTION enum_moved(before json, after json) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT before #>> '{0,number}' IS DISTINCT FROM after #>> '{0,number}'
      OR EXISTS (SELECT FROM json_array_elements(before) AS b
                   JOIN json_array_elements(after) AS a
                     ON a->>'name' = b->>'name'
                  WHERE a->>'number' <> b->>'number')
$$;

-- A symbol as a revision has it. The newest file comes first, and nearly always
-- it is the one.
CREATE OR REPLACE FUNCTION symbol_at(wanted bigint, number integer, called text)
RETURNS SETOF proto_symbol
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT y.*
    FROM proto_symbol y
   CROSS JOIN LATERAL revision_has(wanted, number, y.file)
   WHERE y.full_name = called
     AND y.kind NOT IN ('field', 'value')
   ORDER BY y.file DESC
   LIMIT 1
$$;

-- The messages and enums that a method is made of, nearest first.
CREATE OR REPLACE FUNCTION method_types(wanted bigint, number integer,
  method text, most integer) RETURNS TABLE (full_name text, document text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  known text[] := '{}';
  owners text[] := ARRAY[method];
  found text[];
BEGIN
  WHILE owners <> '{}' AND cardinality(known) < most LOOP
    found := ARRAY(
      SELECT t.to_name
        FROM (SELECT r.to_name, min(o.place) AS place
                FROM unnest(owners) WITH ORDINALITY AS o (name, place)
                JOIN proto_reference r ON r.owner = o.name
               CROSS JOIN LATERAL revision_has(wanted, number, r.file)
               WHERE r.to_name <> ALL (known)
               GROUP BY r.to_name) AS t
       ORDER BY t.place, t.to_name
       LIMIT most - cardinality(known));
    known := known || found;
    owners := found;
  END LOOP;
  RETURN QUERY
    SELECT k.name, y.document
      FROM unnest(known) WITH ORDINALITY AS k (name, place)
     CROSS JOIN LATERAL symbol_at(wanted, number, k.name) AS y
     ORDER BY k.place;
END $$;

-- Both ends of the RPCs of a service: ServiceGrpc.
CREATE OR REPLACE FUNCTION service_grpc_json(wanted bigint) RETURNS json
LANGUAGE sql STABLE AS $$
  WITH declared AS (
    SELECT g.grpc_service, g.role, g.method,
           array_agg(r.name ORDER BY r.name) FILTER (WHERE y.file IS NOT NULL)
             AS repositories,
           -- Where several have it, what was read last: the others may be
           -- copies that came along as imports.
           max(y.file) AS file,
           (array_agg(y.deprecated ORDER BY y.file DESC NULLS LAST))[1] AS deprecated,
           (array_agg(y.summary ORDER BY y.file DESC NULLS LAST))[1] AS summary
      FROM service_grpc g
      LEFT JOIN proto_repository r ON true
      LEFT JOIN LATERAL symbol_at(r.id, r.revision, g.grpc_service) AS y
        ON y.kind = 'service'
     WHERE g.service = wanted
     GROUP BY g.grpc_service, g.role, g.method
  ), provided AS (
    SELECT d.*,
           (SELECT coalesce(json_agg(party_json(s, g.method)
                            ORDER BY s.service_id, g.method), '[]')
              FROM service_grpc g
              JOIN service s ON s.id = g.service
             WHERE g.grpc_service = d.grpc_service AND g.role = 'consumes')
             AS consumers,
           (SELECT coalesce(json_agg(json_build_object(
                     'name', m.name,
                     'deprecated', m.deprecated,
                     'clientStreaming', coalesce((m.document->>'clientStreaming')::boolean, false),
                     'serverStreaming', coalesce((m.document->>'serverStreaming')::boolean, false),
                     'consumers', m.consumers) ORDER BY m.place), '[]')
              FROM (SELECT y.name, y.deprecated, y.place, e.document,
                           (SELECT coalesce(json_agg(party_json(s, g.method)
                                            ORDER BY s.service_id), '[]')
                              FROM service_grpc g
                              JOIN service s ON s.id = g.service
                             WHERE g.grpc_service = d.grpc_service
                               AND g.role = 'consumes'
                               AND g.method = y.name) AS consumers
                      FROM proto_symbol y
                      JOIN proto_symbol p ON p.file = y.file
                       AND p.full_name = y.parent AND p.kind = 'service'
                     CROSS JOIN LATERAL (
                       SELECT e AS document
                         FROM json_array_elements(p.document::json->'methods') AS e
                        WHERE e->>'name' = y.name
                        LIMIT 1) AS e
                     WHERE y.file = d.file AND y.kind = 'method'
                       AND y.parent = d.grpc_service) AS m) AS methods
      FROM declared d
     WHERE d.role = 'provides'
  ), consumed AS (
    SELECT d.*,
           EXISTS (SELECT FROM proto_symbol y
                    WHERE y.file = d.file AND y.kind = 'method'
                      AND y.full_name = d.grpc_service || '.' || d.method) AS there,
           EXISTS (SELECT FROM proto_symbol y
                    WHERE y.file = d.file AND y.kind = 'method' AND y.deprecated
                      AND y.full_name = d.grpc_service || '.' || d.method) AS old,
           (SELECT coalesce(json_agg(party_json(s, g.method)
                            ORDER BY s.service_id, g.method), '[]')
              FROM service_grpc g
              JOIN service s ON s.id = g.service
             WHERE g.grpc_service = d.grpc_service AND g.role = 'provides')
             AS providers
      FROM declared d
     WHERE d.role = 'consumes'
  )
  SELECT json_build_object(
    'provides', (SELECT coalesce(json_agg(json_build_object(
        'name', p.grpc_service,
        'repositories', coalesce(to_json(p.repositories), '[]'),
        'deprecated', coalesce(p.deprecated, false),
        'summary', p.summary,
        'methods', p.methods,
        'consumers', p.consumers) ORDER BY p.grpc_service), '[]')
      FROM provided p),
    'consumes', (SELECT coalesce(json_agg(json_build_object(
        'name', c.grpc_service,
        'method', nullif(c.method, ''),
        'repositories', coalesce(to_json(c.repositories), '[]'),
        'known', c.file IS NOT NULL AND (c.method = '' OR c.there),
        'deprecated', coalesce(c.deprecated, false) OR c.old,
        'providers', c.providers) ORDER BY c.grpc_service, c.method), '[]')
      FROM consumed c))
$$;
COMMENT ON FUNCTION service_grpc_json(bigint) IS 'ServiceGrpc';
