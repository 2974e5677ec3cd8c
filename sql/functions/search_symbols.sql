-- SPDX-License-Identifier: Apache-2.0
-- The symbols of current revisions in search_entry, and how they are found.

-- The kinds of symbols as the search calls them, beside services and teams. Not
-- STRICT, here and below: it is for hundreds of thousands of rows, and PostgreSQL
-- would call it instead of putting its expression in its place.
CREATE OR REPLACE FUNCTION symbol_search_kind(kind text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE kind WHEN 'service' THEN 'grpc-service'
                   WHEN 'method' THEN 'rpc' ELSE kind END
$$;

-- First letters of the words of a name in CamelCase; NULL of one word.
CREATE OR REPLACE FUNCTION symbol_humps(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN name ~ '[A-Z].*[A-Z]'
              THEN lower(regexp_replace(name, '[^A-Z]+', '', 'g')) END
$$;

-- Brings the entries of a repository from what they are (its revision before
-- this one) to a new revision. NULL, or a name that the new one declares twice.
CREATE OR REPLACE FUNCTION search_symbols(r proto_repository, number integer)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  gone bigint[] := ARRAY(SELECT s.file FROM revision_spans(r.id, r.revision) AS s
                         EXCEPT
                         SELECT s.file FROM revision_spans(r.id, number) AS s);
  come bigint[] := ARRAY(SELECT s.file FROM revision_spans(r.id, number) AS s
                         EXCEPT
                         SELECT s.file FROM revision_spans(r.id, r.revision) AS s);
BEGIN
  DELETE FROM search_entry e
   USING proto_symbol y
   WHERE y.file = ANY (gone)
     AND e.kind = symbol_search_kind(y.kind)
     AND e.key = r.name || '/' || y.full_name;
  INSERT INTO search_entry (kind, key, title, detail, weight, title_norm, norm,
         repository, humps)
  SELECT symbol_search_kind(y.kind), r.name || '/' || y.full_name, y.name,
         coalesce(y.parent, f.package),
         CASE y.kind WHEN 'service' THEN 4 WHEN 'method' THEN 3
                     WHEN 'message' THEN 2 WHEN 'enum' THEN 2 ELSE 0 END
           - CASE WHEN y.deprecated THEN 1 ELSE 0 END,
         lower(y.name COLLATE "C"), lower(y.full_name COLLATE "C"), r.id,
         CASE WHEN y.kind NOT IN ('field', 'value', 'extension')
              THEN symbol_humps(y.name) END
    FROM proto_symbol y
    JOIN proto_file f ON f.id = y.file
   WHERE y.file = ANY (come);
  INSERT INTO search_name (name)
  SELECT DISTINCT lower(y.name COLLATE "C")
    FROM proto_symbol y
   WHERE y.file = ANY (come)
  EXCEPT
  SELECT n.name FROM search_name n
   ORDER BY 1 -- twice as fast for its indexes
  ON CONFLICT ON CONSTRAINT search_name_pkey DO NOTHING;
  RETURN NULL;
EXCEPTION WHEN unique_violation THEN
  RETURN (SELECT y.full_name
            FROM revision_spans(r.id, number) AS s
            JOIN proto_symbol y ON y.file = s.file
           GROUP BY y.kind, y.full_name
          HAVING count(*) > 1
           ORDER BY y.full_name
           LIMIT 1);
END $$;

-- Names that begin with a word and go on as the pattern `rest`, the shorter
-- first, and then those that have it within: of a few thousand of these, since a
-- common word is within ever so many, and two letters are within nearly all.
-- PostgreSQL puts it in the place of its call, so a LIMIT around it may end it
-- before them. Callers force custom plans: in these the patterns are constants,
-- in a generic one they would be made anew for every name.
CREATE OR REPLACE FUNCTION search_names(word text, rest text, most integer)
RETURNS TABLE (name text)
LANGUAGE sql STABLE ROWS 100 AS $$
  (SELECT n.name
     FROM search_name n
    WHERE n.name LIKE regexp_replace(word, '([\\%_])', '\\\1', 'g') || rest
    ORDER BY octet_length(n.name)
    LIMIT most)
  UNION ALL
  (SELECT w.name
     FROM (SELECT n.name
             FROM search_name n
            WHERE length(word || rest) > 3
              AND n.name LIKE '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g')
                              || rest
              AND NOT starts_with(n.name, word)
            LIMIT 5 * most) AS w
    ORDER BY octet_length(w.name)
    LIMIT most)
$$;

-- Symbols with one of the words in their names, and every word in their full
-- names. It gives up at `most`, and of one name at a few, for a common name is
-- that of thousands of fields. Starting workers for it takes longer than the
-- search.
CREATE OR REPLACE FUNCTION symbol_match_word(word text, patterns text[],
  wanted text, most integer) RETURNS SETOF search_entry
LANGUAGE plpgsql STABLE ROWS 100 SET max_parallel_workers_per_gather = 0
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  RETURN QUERY
    SELECT e.*
      FROM search_names(word, '%', most) AS n
     CROSS JOIN LATERAL (
           (SELECT e.*
              FROM search_entry e
             WHERE e.repository IS NOT NULL AND e.weight > 0
               AND e.title_norm = n.name
               AND (wanted IS NULL OR e.kind = wanted)
               AND e.norm LIKE ALL (patterns)
             LIMIT 20)
            UNION ALL
           (SELECT e.*
              FROM search_entry e
             WHERE e.repository IS NOT NULL AND e.weight <= 0
               AND e.title_norm = n.name
               AND (wanted IS NULL OR e.kind = wanted)
               AND e.norm LIKE ALL (patterns)
             LIMIT 10)) AS e
     LIMIT most;
END $$;

-- A query as the end of a full name: RPCs are also written pkg.Service/Method.
CREATE OR REPLACE FUNCTION symbol_path(query text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT search_norm(btrim(translate(coalesce(query, ''), '/', '.'), '. '))
$$;
COMMENT ON FUNCTION symbol_path(text) IS 'A query in the form of a full name, in normal form';

-- Symbols for a query: by words, between blanks, dots or slashes; and by humps for
-- PayServ and PS.
CREATE OR REPLACE FUNCTION symbol_match(query text, wanted text, most integer)
RETURNS SETOF search_entry
LANGUAGE plpgsql STABLE ROWS 200 SET max_parallel_workers_per_gather = 0
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  words text[] := search_words(translate(query, './', '  '));
  patterns text[] := search_patterns(words);
  by_word bigint;
  parts text[];
  -- Made once: in a condition they would be made for every name, which takes
  -- seconds when there are many humps.
  rest text;
  title_regex text;
BEGIN
  RETURN QUERY
    SELECT e.*
      -- The name is the last part of a full name.
      FROM unnest(words[greatest(cardinality(words) - 3, 1):]) AS word
     CROSS JOIN LATERAL symbol_match_word(word, patterns, wanted, most) AS e;
  GET DIAGNOSTICS by_word = ROW_COUNT;
  IF query ~ '^[A-Z]{2,10}$' THEN
    RETURN QUERY
      SELECT e.*
        FROM search_entry e
       WHERE e.humps LIKE lower(query) || '%'
         AND (wanted IS NULL OR e.kind = wanted)
       ORDER BY e.humps, e.weight DESC
       LIMIT most;
  -- What is called so in one piece comes before what is so in humps.
  ELSIF by_word < most / 3
        AND query ~ '^[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+$' THEN
    parts := ARRAY(SELECT m[1]
                     FROM regexp_matches(query, '[A-Z][a-z0-9]*', 'g') AS m);
    rest := '%' || lower(array_to_string(parts[2:], '%')) || '%';
    title_regex := array_to_string(parts, '[a-z0-9]*');
    RETURN QUERY
      SELECT e.*
        FROM search_names(lower(parts[1]), rest, most) AS n
       CROSS JOIN LATERAL (
         SELECT e.*
           FROM search_entry e
          WHERE e.repository IS NOT NULL AND e.weight > 0
            AND e.title_norm = n.name
            AND e.title ~ title_regex
            AND (wanted IS NULL OR e.kind = wanted)
          LIMIT 20) AS e
       LIMIT most;
  END IF;
END $$;
COMMENT ON FUNCTION symbol_match(text, text, integer) IS 'Symbols for a query; the same one may come more than once';
