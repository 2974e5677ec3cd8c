-- SPDX-License-Identifier: Apache-2.0
-- The rows of search_entry, kept in the transaction of the change.

-- All that a service is found by, also as it was at an earlier time.
CREATE OR REPLACE FUNCTION service_words(id text, spec jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws(' ', id, spec->>'description', spec->>'teamName',
    spec->>'corporation', array_to_string(spec_texts(spec->'tags'), ' '),
    array_to_string(spec_texts(spec->'previousServiceIDs'), ' '))
$$;

CREATE OR REPLACE FUNCTION search_services(numbers bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_entry AS e (kind, key, title, detail, team, weight, hidden,
         title_norm, norm)
  SELECT 'service', s.service_id, s.service_id,
         left(coalesce(v.spec->>'description', ''), 200), s.team,
         5 - coalesce(s.tier, 4), s.tombstoned_at IS NOT NULL,
         search_norm(s.service_id),
         search_norm(service_words(s.service_id, v.spec))
    FROM service s
    JOIN service_version v ON v.id = s.version_id
   WHERE s.id = ANY (numbers)
  ON CONFLICT ON CONSTRAINT search_entry_pkey
  DO UPDATE SET detail = excluded.detail, team = excluded.team,
         weight = excluded.weight, hidden = excluded.hidden,
         norm = excluded.norm
   WHERE (e.detail, e.team, e.weight, e.hidden, e.norm) IS DISTINCT FROM
         (excluded.detail, excluded.team, excluded.weight, excluded.hidden,
          excluded.norm);
END $$;

-- A team is found while it owns a service.
CREATE OR REPLACE FUNCTION search_teams(names text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_entry AS e (kind, key, title, detail, team, weight, hidden,
         title_norm, norm)
  SELECT 'team', t.name, t.name, corps.list, t.name, 5, NOT owns.any_at_all,
         search_norm(t.name), search_norm(concat_ws(' ', t.name, corps.list))
    FROM team t
   CROSS JOIN LATERAL (
     SELECT EXISTS (SELECT FROM service s
                     WHERE s.team = t.name AND s.tombstoned_at IS NULL)
            AS any_at_all) AS owns
   CROSS JOIN LATERAL (
     SELECT coalesce(string_agg(DISTINCT substr(f, 6), ', '), '') AS list
       FROM service s
      CROSS JOIN LATERAL unnest(s.facet) AS f
      WHERE s.team = t.name AND s.tombstoned_at IS NULL AND f LIKE 'corp:%')
     AS corps
   WHERE t.name = ANY (names)
  ON CONFLICT ON CONSTRAINT search_entry_pkey
  DO UPDATE SET detail = excluded.detail, hidden = excluded.hidden,
         norm = excluded.norm
   WHERE (e.detail, e.hidden, e.norm) IS DISTINCT FROM
         (excluded.detail, excluded.hidden, excluded.norm);
END $$;
