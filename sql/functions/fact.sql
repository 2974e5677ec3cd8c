-- SPDX-License-Identifier: Apache-2.0
-- Facts: what every ingest says of services, and what rules read.

-- Facts of one family as a source says them now. `wholly` are services of which
-- everything is said: what is not said any more ends. What changed waits in
-- fact_pending for the rules, when there are any.
CREATE OR REPLACE FUNCTION facts_write(numbers bigint[], keys text[],
  vals jsonb[], wholly bigint[], family text, source text, commit text,
  expires timestamptz, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  given fact[] := ARRAY(
    SELECT ROW(f.id, g.service, g.key, g.value, facts_write.source,
               facts_write.commit, moment, NULL, expires)::fact
      FROM unnest(numbers, keys, vals) AS g (service, key, value)
      LEFT JOIN fact f
        ON f.service = g.service AND f.key = g.key COLLATE "C"
       AND f.valid_to IS NULL AND f.value = g.value);
BEGIN
  -- The same as before, and said again.
  UPDATE fact f
     SET expires_at = g.expires_at, source = g.source, commit = g.commit
    FROM unnest(given) AS g
   WHERE f.id = g.id
     AND (g.expires_at IS NOT NULL OR f.expires_at IS NOT NULL);
  WITH ended AS (
    UPDATE fact f
       SET valid_to = greatest(moment, f.valid_from)
      FROM (SELECT old.id
              FROM fact old
              LEFT JOIN unnest(given) AS g
                ON g.service = old.service AND g.key = old.key
             WHERE old.valid_to IS NULL
               AND old.service = ANY (numbers || wholly)
               AND CASE WHEN g.service IS NULL
                        THEN old.service = ANY (wholly)
                             AND starts_with(old.key, facts_write.family || '.')
                        ELSE g.id IS NULL END) AS over
     WHERE f.id = over.id
    RETURNING f.service, f.key
  )
  INSERT INTO fact_pending (service, key, since)
  SELECT p.service, p.key, moment
    FROM (SELECT e.service, e.key FROM ended e
           UNION
          SELECT g.service, g.key FROM unnest(given) AS g WHERE g.id IS NULL) AS p
   WHERE rules_run();
  INSERT INTO fact (service, key, value, source, commit, valid_from, expires_at)
  SELECT g.service, g.key, g.value, g.source, g.commit, g.valid_from,
         g.expires_at
    FROM unnest(given) AS g
   WHERE g.id IS NULL;
END $$;

-- The members of the current specs. A name that no rule could write, or that would
-- turn the text around it where it is shown, is no fact.
CREATE OR REPLACE FUNCTION facts_spec(numbers bigint[], commit text,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM facts_write(array_agg(s.id), array_agg('spec.' || pair.key),
            array_agg(pair.value), numbers, 'spec', 'spec', facts_spec.commit,
            NULL, moment)
     FROM service s
     JOIN service_version v ON v.id = s.version_id
    CROSS JOIN LATERAL jsonb_each(v.spec) AS pair
    WHERE s.id = ANY (numbers) AND s.tombstoned_at IS NULL
      AND pair.key ~ '^[^.\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]{1,100}$';
END $$;

-- What the current revisions say of the RPCs that services call and provide.
CREATE OR REPLACE FUNCTION facts_api(numbers bigint[], commit text,
  moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM facts_write(array_agg(f.service), array_agg(f.key),
            array_agg(f.value), numbers, 'api', 'api', facts_api.commit, NULL,
            moment)
     FROM (
       SELECT g.service, kind.key,
              jsonb_agg(grpc_target(g.grpc_service, g.method)
                        ORDER BY g.grpc_service, g.method)
         FROM service_grpc g
         LEFT JOIN LATERAL (
            SELECT bool_or(y.deprecated) AS deprecated
              FROM proto_symbol y
             WHERE y.full_name = (CASE g.method WHEN '' THEN g.grpc_service
                                  ELSE g.grpc_service || '.' || g.method END)
                                 COLLATE "C"
               AND y.kind IN ('service', 'method')
               -- In what is current, not in what came last: that may have been
               -- too late. By the file, whatever there is to know of the tables.
               AND EXISTS (
                     SELECT FROM proto_span s
                       JOIN proto_repository r
                         ON r.id = s.repository AND s.since <= r.revision
                        AND (s.until IS NULL OR s.until > r.revision)
                      WHERE s.file = y.file
                     OFFSET 0)) AS declared ON true
        CROSS JOIN LATERAL (
           SELECT 'api.provides' WHERE g.role = 'provides'
            UNION ALL
           SELECT 'api.deprecatedCalls'
            WHERE g.role = 'consumes' AND declared.deprecated
            UNION ALL
           SELECT 'api.undeclaredCalls'
            WHERE g.role = 'consumes' AND declared.deprecated IS NULL) AS kind (key)
        WHERE g.service = ANY (numbers)
        GROUP BY g.service, kind.key) AS f (service, key, value);
END $$;

-- What is known of services under these keys (family.* and * are more than one),
-- now or just before a moment, as one document each: {"spec": {"tier": 1}}. Of
-- others a document has nothing: values may be long. Keys that are all exact are
-- looked up; only one of the three ways is gone.
CREATE OR REPLACE FUNCTION fact_documents(numbers bigint[], moment timestamptz,
  keys text[]) RETURNS TABLE (service bigint, document jsonb)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  every boolean := '*' = ANY (keys);
  families text[] := ARRAY(SELECT rtrim(k.key, '.*') FROM unnest(keys) AS k (key)
                            WHERE k.key LIKE '%.*');
  exact boolean := NOT every AND families = '{}';
BEGIN
  RETURN QUERY
    SELECT f.service, jsonb_object_agg(f.family, f.members)
      FROM (SELECT y.service, split_part(y.key, '.', 1) AS family,
                   jsonb_object_agg(split_part(y.key, '.', 2), y.value) AS members
              FROM (SELECT x.service, x.key, x.value
                      FROM fact x
                     WHERE exact AND moment IS NULL
                       AND x.service = ANY (numbers) AND x.key = ANY (keys)
                       AND x.valid_to IS NULL
                     UNION ALL
                    SELECT x.service, x.key, x.value
                      FROM fact x
                     WHERE NOT exact AND moment IS NULL
                       AND x.service = ANY (numbers) AND x.valid_to IS NULL
                       AND (every OR x.key = ANY (keys)
                            OR split_part(x.key, '.', 1) = ANY (families))
                     UNION ALL
                    SELECT x.service, x.key, x.value
                      FROM fact x
                     WHERE moment IS NOT NULL
                       AND x.service = ANY (numbers) AND x.valid_from < moment
                       AND (x.valid_to IS NULL OR x.valid_to >= moment)
                       AND (every OR x.key = ANY (keys)
                            OR split_part(x.key, '.', 1) = ANY (families))) AS y
             GROUP BY 1, 2) AS f
     GROUP BY f.service;
END $$;
COMMENT ON FUNCTION fact_documents(bigint[], timestamptz, text[]) IS 'What is known of services under these keys, one document each';

-- A fact as it is shown; one that is not known has only its key.
CREATE OR REPLACE FUNCTION fact_json(wanted text, f fact) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'key', wanted,
    'known', f.id IS NOT NULL,
    'value', f.value,
    'source', principal_shown(f.source),
    'commit', f.commit,
    'since', rfc3339(f.valid_from),
    'expiresAt', rfc3339(f.expires_at))
$$;
COMMENT ON FUNCTION fact_json(text, fact) IS 'Fact';

-- Facts that nobody reported again. How many services they were of.
CREATE OR REPLACE FUNCTION facts_expire(moment timestamptz, at_most integer)
RETURNS bigint
LANGUAGE sql AS $$
  WITH over AS (
    SELECT f.id FROM fact f
     WHERE f.valid_to IS NULL AND f.expires_at <= moment
     ORDER BY f.expires_at
     LIMIT at_most
       FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE fact f SET valid_to = greatest(moment, f.valid_from)
      FROM over o WHERE f.id = o.id
    RETURNING f.service, f.key
  ), pending AS (
    INSERT INTO fact_pending (service, key, since)
    SELECT e.service, e.key, moment FROM ended e
    RETURNING service
  )
  SELECT count(DISTINCT p.service) FROM pending p
$$;
