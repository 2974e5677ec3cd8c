-- SPDX-License-Identifier: Apache-2.0
-- Which services a list shows, now or at an earlier time.

-- What lists sort by: ascending, together with the service's id. The indexes
-- service_live_… hold the same.
CREATE OR REPLACE FUNCTION service_sort_key(sort text, published_at timestamptz,
  team text, tier smallint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE sort
    WHEN 'updated' THEN newest_first(published_at)
    WHEN 'team' THEN coalesce('=' || team, '~')
    WHEN 'tier' THEN coalesce(tier::text, '9')
    ELSE '' END
$$;

-- As of a moment. Versions follow one another in time by their numbers, but for
-- those that never applied. The normal form of what has not changed since need not
-- be made again.
CREATE OR REPLACE FUNCTION service_match_at(query text, wanted text[],
  gone boolean, moment timestamptz)
RETURNS TABLE (id bigint, version_id bigint, service_id text, team text,
               tier smallint, published_at timestamptz, facet text[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
  patterns text[] := search_patterns(search_words(query));
BEGIN
  RETURN QUERY
    SELECT s.id, v.id, s.service_id, v.spec->>'teamName',
           (v.spec->>'tier')::smallint, v.received_at, v.facet
      FROM service s
     CROSS JOIN LATERAL (
        SELECT past.*
          FROM service_version past
         WHERE past.service = s.id AND past.valid_from <= moment
         ORDER BY past.number DESC
         LIMIT 1) AS v
      LEFT JOIN search_entry e
        ON patterns <> '{}' AND e.kind = 'service'
       AND e.key = s.service_id COLLATE "C"
       AND v.id = s.version_id
     WHERE v.facet @> wanted
       AND coalesce(v.valid_to <= moment, false) = gone
       AND (patterns = '{}'
            OR coalesce(e.norm, search_norm(service_words(s.service_id, v.spec)))
               LIKE ALL (patterns));
END $$;

-- `wanted` are facets that each must have; a moment NULL is now. Which index is
-- used does not depend on what is asked before: each way has its own statement.
CREATE OR REPLACE FUNCTION service_match(query text, wanted text[],
  gone boolean, moment timestamptz)
RETURNS TABLE (id bigint, version_id bigint, service_id text, team text,
               tier smallint, published_at timestamptz, facet text[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF moment IS NOT NULL THEN
    RETURN QUERY SELECT * FROM service_match_at(query, wanted, gone, moment);
  ELSIF search_words(query) <> '{}' THEN
    RETURN QUERY
      SELECT s.id, s.version_id, s.service_id, s.team, s.tier, s.published_at,
             s.facet
        FROM search_match(query) AS e
        JOIN service s ON s.service_id = e.key COLLATE "default"
       WHERE e.kind = 'service'
         AND s.facet @> wanted
         AND (s.tombstoned_at IS NOT NULL) = gone;
  ELSIF wanted <> '{}' THEN
    RETURN QUERY
      SELECT s.id, s.version_id, s.service_id, s.team, s.tier, s.published_at,
             s.facet
        FROM service s
       WHERE s.facet @> wanted
         AND (s.tombstoned_at IS NOT NULL) = gone;
  ELSIF gone THEN
    RETURN QUERY
      SELECT s.id, s.version_id, s.service_id, s.team, s.tier, s.published_at,
             s.facet
        FROM service s
       WHERE s.tombstoned_at IS NOT NULL;
  ELSE
    RETURN QUERY
      SELECT s.id, s.version_id, s.service_id, s.team, s.tier, s.published_at,
             s.facet
        FROM service s
       WHERE s.tombstoned_at IS NULL;
  END IF;
END $$;
COMMENT ON FUNCTION service_match(text, text[], boolean, timestamptz) IS 'Services with every word of a query and every facet, live or tombstoned';
