-- SPDX-License-Identifier: Apache-2.0
-- Publishes that were refused, kept for the owner until a good one follows.

-- Whose failure a refused publish is: nobody can make a service look broken
-- that he may not publish.
CREATE OR REPLACE FUNCTION publish_failure_of(wanted text, who jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT wanted
   WHERE NOT EXISTS (
           SELECT
             FROM service s
            WHERE s.service_id = wanted
              AND publish_denied(who, wanted, true, s.team, NULL) IS NOT NULL)
$$;

-- refused: [{serviceID, team, source, faults, faultCount}]
CREATE OR REPLACE FUNCTION publish_fail(refused text, options text,
  principal text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  o jsonb := options;
  who jsonb := principal;
  moment timestamptz;
  r record;
  first_time boolean;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  FOR r IN
    SELECT m.id, coalesce(s.team, f->>'team') AS team,
           convert_to(f->>'source', 'UTF8') AS source, f->'faults' AS faults,
           (f->>'faultCount')::integer AS fault_count, s.id AS number
      FROM jsonb_array_elements(refused::jsonb) AS f
     CROSS JOIN LATERAL (SELECT publish_failure_of(f->>'serviceID', who)) AS m (id)
      LEFT JOIN service s ON s.service_id = m.id
     ORDER BY 1
  LOOP
    INSERT INTO blob (sha256, bytes, created_at)
    VALUES (sha256(r.source), r.source, moment)
    ON CONFLICT ON CONSTRAINT blob_pkey DO NOTHING;
    INSERT INTO publish_failure AS f (service_id, team, publisher, principal,
           commit, run_url, source_sha256, faults, fault_count, first_at, last_at)
    VALUES (r.id, r.team, o->>'publisher', who->>'subject', o->>'commit',
            o->>'runUrl', sha256(r.source), r.faults, r.fault_count, moment,
            moment)
    ON CONFLICT (coalesce(service_id, ''), coalesce(publisher, ''),
                 source_sha256) WHERE resolved_at IS NULL
    DO UPDATE SET attempts = f.attempts + 1, last_at = excluded.last_at,
           faults = excluded.faults, fault_count = excluded.fault_count,
           principal = excluded.principal, commit = excluded.commit,
           run_url = excluded.run_url
    RETURNING f.attempts = 1 INTO first_time;
    IF first_time THEN
      PERFORM event_append('publish.failed',
        CASE WHEN r.id IS NULL THEN 'publisher' ELSE 'service' END,
        coalesce(r.id, o->>'publisher', '-'), r.team, who->>'subject', moment,
        jsonb_build_object('team', r.team, 'commit', o->>'commit',
          'runUrl', o->>'runUrl', 'publisher', o->>'publisher',
          'faults', r.fault_count));
    END IF;
    IF r.number IS NOT NULL THEN
      PERFORM services_render(ARRAY[r.number]);
    END IF;
  END LOOP;
  PERFORM audit_append(who, 'publish.fail',
    coalesce(o->>'publisher', refused::jsonb #>> '{0,serviceID}', '-'),
    'denied', jsonb_build_object('commit', o->>'commit'));
END $$;

-- The same of a descriptor set, whose bytes are not kept: one is known by its
-- repository and by what is wrong with it.
CREATE OR REPLACE FUNCTION publish_fail_set(wanted text, wrong text,
  fault_count integer, options text, principal text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  o jsonb := options;
  who jsonb := principal;
  moment timestamptz;
  target text := CASE WHEN descriptor_denied(who) IS NULL THEN wanted END;
  first_time boolean;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  INSERT INTO publish_failure AS f (repository, principal, commit, run_url,
         faults, fault_count, first_at, last_at)
  VALUES (target, who->>'subject', o->>'commit', o->>'runUrl', wrong::jsonb,
          publish_fail_set.fault_count, moment, moment)
  ON CONFLICT (coalesce(repository, ''), jsonb_hash_extended(faults, 0))
    WHERE resolved_at IS NULL AND source_sha256 IS NULL
  DO UPDATE SET attempts = f.attempts + 1, last_at = excluded.last_at,
         principal = excluded.principal, commit = excluded.commit,
         run_url = excluded.run_url
  RETURNING f.attempts = 1 INTO first_time;
  IF first_time THEN
    PERFORM event_append('publish.failed',
      CASE WHEN target IS NULL THEN 'publisher' ELSE 'api' END,
      coalesce(target, '-'), NULL, who->>'subject', moment,
      jsonb_build_object('commit', o->>'commit', 'runUrl', o->>'runUrl',
        'faults', publish_fail_set.fault_count));
  END IF;
  PERFORM audit_append(who, 'publish.fail', coalesce(target, '-'), 'denied',
                       jsonb_build_object('commit', o->>'commit'));
END $$;
