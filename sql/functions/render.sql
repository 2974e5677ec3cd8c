-- SPDX-License-Identifier: Apache-2.0
-- The documents that reads copy out: ServiceItem and Service. One function makes
-- both, for now (which is what the table `service` keeps) and for any earlier
-- time (?at=): now is the time 'infinity'.

CREATE OR REPLACE FUNCTION service_known(wanted text, moment timestamptz)
RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM service s
      JOIN service_version v ON v.service = s.id
     WHERE s.service_id = wanted
       AND v.valid_from <= moment
       AND (v.valid_to IS NULL OR v.valid_to > moment))
$$;
COMMENT ON FUNCTION service_known(text, timestamptz) IS 'Was a service of this id in the catalogue';

-- [{"id": …, "known": …}], in the order of the spec.
CREATE OR REPLACE FUNCTION depends_json(wanted text[], moment timestamptz)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_agg(json_build_object('id', d.id,
           'known', service_known(d.id, moment)) ORDER BY d.place), '[]')
    FROM unnest(wanted) WITH ORDINALITY AS d (id, place)
$$;

-- Services whose spec names this one.
CREATE OR REPLACE FUNCTION dependents_json(wanted text, moment timestamptz)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_agg(json_build_object('id', s.service_id,
           'known', true) ORDER BY s.service_id), '[]')
    FROM service_version v
    JOIN service s ON s.id = v.service
   WHERE v.depends_on @> ARRAY[wanted]
     AND v.valid_from IS NOT NULL
     AND v.valid_from <= moment
     AND (v.valid_to IS NULL OR v.valid_to > moment)
$$;

-- What mdash knows of a spec; everything else is `extra`.
CREATE OR REPLACE FUNCTION spec_extra(spec jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT spec - ARRAY['serviceID', 'description', 'corporation', 'teamName',
    'contact', 'lifecycle', 'tier', 'tags', 'repository', 'links', 'grpc',
    'dependsOn', 'kubernetes', 'previousServiceIDs']
$$;

CREATE OR REPLACE FUNCTION contact_json(spec jsonb) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT json_build_object(
    'email', spec #> '{contact,email}',
    'slackGeneral', spec #> '{contact,slack,generalChannelId}',
    'slackAlert', spec #> '{contact,slack,alertChannelId}')
$$;

CREATE OR REPLACE FUNCTION service_activity(wanted text, moment timestamptz)
RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_agg(newest.document), '[]')
    FROM (SELECT event_json(e) AS document
            FROM event e
           WHERE e.kind = 'service'
             AND e.subject = wanted
             AND e.time <= moment
           ORDER BY e.id DESC
           LIMIT 10) AS newest
$$;

-- The refused publish that no good one has followed, the latest if several.
CREATE OR REPLACE FUNCTION service_failure(wanted text, moment timestamptz)
RETURNS publish_failure
LANGUAGE sql STABLE AS $$
  SELECT f
    FROM publish_failure f
   WHERE f.service_id = wanted
     AND f.first_at <= moment
     AND (f.resolved_at IS NULL OR f.resolved_at > moment)
   ORDER BY f.last_at DESC, f.id DESC
   LIMIT 1
$$;

CREATE OR REPLACE FUNCTION item_json(s service, v service_version,
  gone timestamptz, failing boolean) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', s.service_id,
    'description', left(coalesce(v.spec->>'description', ''), 200),
    'corporation', v.spec->'corporation',
    'team', v.spec->'teamName',
    'lifecycle', v.spec->'lifecycle',
    'tier', v.spec->'tier',
    'tags', to_json(spec_texts(v.spec->'tags')),
    'publishedAt', rfc3339(v.received_at),
    'tombstonedAt', rfc3339(gone),
    'failing', failing)
$$;
COMMENT ON FUNCTION item_json(service, service_version, timestamptz, boolean) IS 'ServiceItem';

CREATE OR REPLACE FUNCTION detail_json(s service, v service_version,
  gone timestamptz, failure publish_failure, moment timestamptz) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'id', s.service_id,
    'description', v.spec->'description',
    'corporation', v.spec->'corporation',
    'team', v.spec->'teamName',
    'lifecycle', v.spec->'lifecycle',
    'tier', v.spec->'tier',
    'tags', to_json(spec_texts(v.spec->'tags')),
    'contact', contact_json(v.spec),
    'repository', v.spec->'repository',
    'links', coalesce(v.spec->'links', '[]'),
    'grpc', json_build_object(
      'provides', to_json(spec_texts(v.spec #> '{grpc,provides}')),
      'consumes', to_json(spec_texts(v.spec #> '{grpc,consumes}'))),
    'dependsOn', depends_json(v.depends_on, moment),
    'dependents', dependents_json(s.service_id, moment),
    'kubernetes', coalesce(v.spec->'kubernetes', '[]'),
    'previousServiceIDs', to_json(spec_texts(v.spec->'previousServiceIDs')),
    'extra', spec_extra(v.spec),
    'spec', v.spec,
    'version', version_json(v, v.valid_from <= moment
      AND (v.valid_to IS NULL OR v.valid_to > moment)),
    'versions', (SELECT count(*) FROM service_version every
                  WHERE every.service = s.id AND every.received_at <= moment),
    'publisher', v.publisher,
    'createdAt', rfc3339(s.created_at),
    'publishedAt', rfc3339(v.received_at),
    'tombstone', CASE WHEN gone IS NOT NULL THEN json_build_object(
      'at', rfc3339(gone), 'publisher', coalesce(v.publisher, '')) END,
    'failure', CASE WHEN failure IS NOT NULL AND failure.id IS NOT NULL
      THEN failure_json(failure) END,
    'activity', service_activity(s.service_id, moment)) 
$$;
COMMENT ON FUNCTION detail_json(service, service_version, timestamptz, publish_failure, timestamptz) IS 'Service';

-- Both documents of one service as it was then: no row before its first version.
-- While it was tombstoned its last version is shown with `tombstone`.
CREATE OR REPLACE FUNCTION service_render(wanted bigint, moment timestamptz)
RETURNS TABLE (list_json text, detail_json text, tombstoned boolean,
               facet text[])
LANGUAGE sql STABLE AS $$
  SELECT item_json(s, v, gone.at, (failure).id IS NOT NULL)::text,
         detail_json(s, v, gone.at, failure, moment)::text,
         gone.at IS NOT NULL,
         v.facet
    FROM service s
    JOIN LATERAL (
      SELECT latest.*
        FROM service_version latest
       WHERE latest.service = s.id
         AND latest.valid_from <= moment
       ORDER BY latest.valid_from DESC, latest.number DESC
       LIMIT 1) AS v ON true
   CROSS JOIN LATERAL (
      SELECT CASE WHEN v.valid_to <= moment THEN v.valid_to END AS at) AS gone
   CROSS JOIN LATERAL service_failure(s.service_id, moment) AS failure
   WHERE s.id = wanted
$$;
COMMENT ON FUNCTION service_render(bigint, timestamptz) IS 'The documents of a service at a time; infinity = now';

-- Writes the documents of these services anew where they differ.
CREATE OR REPLACE FUNCTION services_render(numbers bigint[]) RETURNS void
LANGUAGE sql AS $$
  UPDATE service s
     SET list_json = made.list_json, detail_json = made.detail_json
    FROM unnest(numbers) AS n (id)
   CROSS JOIN LATERAL service_render(n.id, 'infinity') AS made
   WHERE s.id = n.id
     AND (s.list_json, s.detail_json)
         IS DISTINCT FROM (made.list_json, made.detail_json)
$$;
