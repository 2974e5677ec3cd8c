-- SPDX-License-Identifier: Apache-2.0
-- The documents that reads copy out: ServiceItem and Service. One function makes
-- both, for now (which is what the table `service` keeps) and for any earlier
-- time (?at=): now is the time 'infinity'.

-- What mdash knows of a spec; everything else is `extra`.
CREATE OR REPLACE FUNCTION spec_extra(spec jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT spec - ARRAY['serviceID', 'description', 'corporation', 'teamName',
    'contact', 'lifecycle', 'tier', 'tags', 'repository', 'links', 'grpc',
    'dependsOn', 'kubernetes', 'previousServiceIDs']
$$;

CREATE OR REPLACE FUNCTION contact_json(spec jsonb) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT json_build_object(
    'email', spec #> '{contact,email}',
    'slackGeneral', spec #> '{contact,slack,generalChannelId}',
    'slackAlert', spec #> '{contact,slack,alertChannelId}')
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

-- What stands beside a service in its document but lies in other tables.
CREATE OR REPLACE FUNCTION detail_json(s service, v service_version,
  gone timestamptz, is_current boolean, versions bigint, depends json,
  dependents json, failure json, activity json) RETURNS json
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
    'dependsOn', depends,
    'dependents', dependents,
    'kubernetes', coalesce(v.spec->'kubernetes', '[]'),
    'previousServiceIDs', to_json(spec_texts(v.spec->'previousServiceIDs')),
    'extra', spec_extra(v.spec),
    'spec', v.spec,
    'version', version_json(v, is_current),
    'versions', versions,
    'publisher', v.publisher,
    'createdAt', rfc3339(s.created_at),
    'publishedAt', rfc3339(v.received_at),
    'tombstone', CASE WHEN gone IS NOT NULL THEN json_build_object(
      'at', rfc3339(gone), 'publisher', coalesce(v.publisher, '')) END,
    'failure', failure,
    'activity', activity)
$$;
COMMENT ON FUNCTION detail_json(service, service_version, timestamptz, boolean, bigint, json, json, json, json) IS 'Service';

-- Both documents of one service as it was then: no row before its first version.
-- While it was tombstoned its last version is shown with `tombstone`, and what it
-- depended on as that was when it went: it is not rendered again. Versions
-- follow one another by number, also when the clock was put back. Several
-- short statements: their plans are kept for the session.
CREATE OR REPLACE FUNCTION service_render(wanted bigint, moment timestamptz)
RETURNS TABLE (list_json text, detail_json text, tombstoned boolean,
               facet text[])
LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
  s service;
  v service_version;
  failure publish_failure;
  gone timestamptz;
  versions bigint;
  depends json;
  dependents json;
  activity json;
BEGIN
  SELECT x.* INTO s FROM service x WHERE x.id = wanted;
  SELECT x.* INTO v
    FROM service_version x
   WHERE x.service = wanted AND x.valid_from <= moment
   ORDER BY x.number DESC
   LIMIT 1;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  gone := CASE WHEN v.valid_to <= moment THEN v.valid_to END;
  SELECT count(*) INTO versions
    FROM service_version x
   WHERE x.service = wanted AND x.received_at <= moment;
  SELECT coalesce(json_agg(json_build_object('id', d.id, 'known', EXISTS (
           SELECT FROM service x
             JOIN service_version there ON there.service = x.id
            WHERE x.service_id = d.id
              AND there.valid_from <= coalesce(gone, moment)
              AND (there.valid_to IS NULL
                   OR there.valid_to > coalesce(gone, moment))))
           ORDER BY d.place), '[]')
    INTO depends
    FROM unnest(v.depends_on) WITH ORDINALITY AS d (id, place);
  SELECT coalesce(json_agg(json_build_object('id', x.service_id,
           'known', true) ORDER BY x.service_id), '[]')
    INTO dependents
    FROM service_version near
    JOIN service x ON x.id = near.service
   WHERE near.depends_on @> ARRAY[s.service_id]
     AND near.valid_from IS NOT NULL
     AND near.valid_from <= moment
     AND (near.valid_to IS NULL OR near.valid_to > moment);
  SELECT x.* INTO failure
    FROM publish_failure x
   WHERE x.service_id = s.service_id
     AND x.first_at <= moment
     AND (x.resolved_at IS NULL OR x.resolved_at > moment)
   ORDER BY x.last_at DESC, x.id DESC
   LIMIT 1;
  SELECT coalesce(json_agg(event_json(e) ORDER BY e.id DESC), '[]')
    INTO activity
    FROM event_of_service(s.service_id, 9223372036854775807, moment, 10) AS e;
  list_json := item_json(s, v, gone, failure.id IS NOT NULL);
  detail_json := detail_json(s, v, gone,
    v.valid_to IS NULL OR v.valid_to > moment, versions, depends, dependents,
    CASE WHEN failure.id IS NOT NULL THEN failure_json(failure) END, activity);
  tombstoned := gone IS NOT NULL;
  facet := v.facet;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION service_render(bigint, timestamptz) IS 'The documents of a service at a time; infinity = now';

-- Writes the documents of these services anew where they differ.
CREATE OR REPLACE FUNCTION services_render(numbers bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE service s
     SET list_json = made.list_json, detail_json = made.detail_json
    FROM (SELECT n.id, r.list_json, r.detail_json
            FROM unnest(numbers) AS n (id)
           CROSS JOIN LATERAL service_render(n.id, 'infinity') AS r
          OFFSET 0) AS made
   WHERE s.id = made.id
     AND (s.list_json, s.detail_json)
         IS DISTINCT FROM (made.list_json, made.detail_json);
END $$;
