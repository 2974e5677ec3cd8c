-- SPDX-License-Identifier: Apache-2.0
-- The rows of search_entry, kept in the transaction of the change.

CREATE OR REPLACE FUNCTION search_put(kind text, key text, title text,
  detail text, team text, weight integer, hidden boolean, words text)
RETURNS void
LANGUAGE sql AS $$
  INSERT INTO search_entry AS e (kind, key, title, detail, team, weight, hidden,
         title_norm, norm)
  VALUES (kind, key, title, detail, team, weight::smallint, hidden,
          search_norm(title), search_norm(words))
  ON CONFLICT ON CONSTRAINT search_entry_pkey
  DO UPDATE SET title = excluded.title, detail = excluded.detail,
         team = excluded.team, weight = excluded.weight,
         hidden = excluded.hidden, title_norm = excluded.title_norm,
         norm = excluded.norm
   WHERE (e.title, e.detail, e.team, e.weight, e.hidden, e.norm)
         IS DISTINCT FROM (excluded.title, excluded.detail, excluded.team,
           excluded.weight, excluded.hidden, excluded.norm)
$$;

CREATE OR REPLACE FUNCTION search_services(numbers bigint[]) RETURNS void
LANGUAGE sql AS $$
  SELECT search_put('service', s.service_id, s.service_id,
           left(coalesce(v.spec->>'description', ''), 200), s.team,
           CASE s.tier WHEN 1 THEN 4 WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE 1 END,
           s.tombstoned_at IS NOT NULL,
           concat_ws(' ', s.service_id, v.spec->>'description',
             v.spec->>'teamName', v.spec->>'corporation',
             array_to_string(spec_texts(v.spec->'tags'), ' '),
             array_to_string(spec_texts(v.spec->'previousServiceIDs'), ' ')))
    FROM service s
    JOIN service_version v ON v.id = s.version_id
   WHERE s.id = ANY (numbers)
$$;

-- A team is found while it owns a service.
CREATE OR REPLACE FUNCTION search_teams(names text[]) RETURNS void
LANGUAGE sql AS $$
  SELECT search_put('team', t.name, t.name,
           coalesce(string_agg(DISTINCT corp, ', '), ''), t.name, 5,
           count(s.id) = 0,
           concat_ws(' ', t.name, string_agg(DISTINCT corp, ' ')))
    FROM team t
    LEFT JOIN service s ON s.team = t.name AND s.tombstoned_at IS NULL
    LEFT JOIN LATERAL (
      SELECT substr(f, 6) FROM unnest(s.facet) AS f WHERE f LIKE 'corp:%'
    ) AS c (corp) ON true
   WHERE t.name = ANY (names)
   GROUP BY t.name
$$;
