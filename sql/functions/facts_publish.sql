-- SPDX-License-Identifier: Apache-2.0
-- Facts that CI says of a service, from beginning to end, in the caller's
-- transaction.

-- A service that CI says something of, when it is there and `who` may publish it:
-- else the refusal.
CREATE OR REPLACE FUNCTION facts_service(wanted text, who jsonb,
  OUT service service, OUT status integer, OUT detail text, OUT extra text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  denied jsonb;
BEGIN
  SELECT v.* INTO service FROM service v
   WHERE v.service_id = wanted AND v.tombstoned_at IS NULL;
  IF NOT FOUND THEN
    status := 404;
    detail := format('there is no service %s', wanted);
    RETURN;
  END IF;
  denied := publish_denied(who, wanted, true, service.team, NULL);
  IF denied IS NOT NULL THEN
    status := 403;
    detail := format('you may not say anything of the service %s', wanted);
    extra := format('"needs":%s', denied);
  END IF;
END $$;
COMMENT ON FUNCTION facts_service(text, jsonb) IS 'A service that facts may be said of, or why not';

-- What is wrong with facts beside what is known: one row for each. `most` facts
-- are kept of a service.
CREATE OR REPLACE FUNCTION facts_faults(number bigint, family text, given jsonb,
  most integer) RETURNS TABLE (name text, code text, detail text)
LANGUAGE sql STABLE AS $$
  SELECT g.key, 'type', format('is of the type %s, and is known as %s',
           jsonb_typeof(g.value), jsonb_typeof(f.value))
    FROM jsonb_each(given) AS g
    JOIN fact f
      ON f.service = number AND f.key = family || '.' || g.key COLLATE "C"
     AND f.valid_to IS NULL
     AND (f.expires_at IS NULL OR f.expires_at > now())
   WHERE jsonb_typeof(f.value) <> jsonb_typeof(g.value)
   UNION ALL
  SELECT NULL, 'too-many', format('would make %s facts of this service, more than %s',
                                  every.count, most)
    FROM (SELECT count(*) AS count
            FROM (SELECT f.key FROM fact f
                   WHERE f.service = number AND f.valid_to IS NULL
                   UNION
                  SELECT family || '.' || g.key FROM jsonb_each(given) AS g)
                 AS all_keys) AS every
   WHERE every.count > most
   ORDER BY 1 NULLS LAST
$$;

-- `seconds` are how long they hold unless they are said again; `wholly`: of this
-- family nothing else is known any more. 422 has its faults in `extra`.
CREATE OR REPLACE FUNCTION facts_publish(wanted text, family text, given jsonb,
  seconds bigint, wholly boolean, most integer, commit text, principal text)
RETURNS TABLE (status integer, detail text, extra text, body text)
LANGUAGE plpgsql AS $$
DECLARE
  who jsonb := principal;
  asked record;
  s service;
  moment timestamptz;
  faults json;
  same integer;
  ended integer;
  written integer;
BEGIN
  PERFORM write_lock();
  moment := date_trunc('milliseconds', clock_timestamp());
  SELECT * INTO asked FROM facts_service(wanted, who);
  IF asked.status IS NOT NULL THEN
    RETURN QUERY SELECT asked.status, asked.detail, asked.extra, NULL::text;
    RETURN;
  END IF;
  s := asked.service;
  faults := (SELECT json_agg(f) FROM facts_faults(s.id, family, given, most) AS f);
  IF faults IS NOT NULL THEN
    RETURN QUERY SELECT 422, 'the facts do not fit what is known',
                        faults::text, NULL::text;
    RETURN;
  END IF;

  SELECT count(*) FILTER (WHERE given -> f.name = f.value),
         count(*) FILTER (WHERE facts_publish.wholly AND NOT given ? f.name)
    INTO same, ended
    FROM (SELECT substr(f.key, length(family) + 2) AS name, f.value
            FROM fact f
           WHERE f.service = s.id AND f.valid_to IS NULL
             AND starts_with(f.key, family || '.')) AS f;
  written := (SELECT count(*) FROM jsonb_each(given)) - same;
  PERFORM facts_write(
    array_agg(s.id), array_agg(family || '.' || g.key), array_agg(g.value),
    CASE WHEN wholly THEN ARRAY[s.id] ELSE '{}' END, family, who->>'subject',
    commit, moment + seconds * interval '1 second', moment)
     FROM jsonb_each(given) AS g;
  IF written + ended > 0 THEN
    PERFORM audit_append(who, 'facts.publish', wanted, 'done',
      jsonb_build_object('family', family, 'commit', commit,
                         'written', written, 'ended', ended));
  END IF;
  RETURN QUERY SELECT 200, NULL::text, NULL::text, json_build_object(
    'result', CASE WHEN written + ended > 0 THEN 'updated' ELSE 'unchanged' END,
    'written', written, 'unchanged', same, 'ended', ended)::text;
END $$;
COMMENT ON FUNCTION facts_publish(text, text, jsonb, bigint, boolean, integer, text, text) IS 'FactsResult, but for its todos';
