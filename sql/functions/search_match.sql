-- SPDX-License-Identifier: Apache-2.0
-- Finding by words: every word is a substring of the normal form, so that kana,
-- width and case do not matter. An index finds each: a word of three characters
-- or more by its trigrams, shorter ones as grams.

CREATE OR REPLACE FUNCTION search_words(query text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(search_norm(coalesce(query, '')), ' '), '')
$$;
COMMENT ON FUNCTION search_words(text) IS 'The words of a query in normal form';

-- A pattern that finds each word wherever it stands.
CREATE OR REPLACE FUNCTION search_patterns(words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g')
                            || '%' ORDER BY length(word) DESC), '{}')
    FROM unnest(words) AS word
$$;
COMMENT ON FUNCTION search_patterns(text[]) IS 'LIKE patterns of the words, the longest first';

-- The longest word goes through the trigram index and the others are looked for
-- in what it finds; without a long word the grams answer alone.
CREATE OR REPLACE FUNCTION search_match(query text) RETURNS SETOF search_entry
LANGUAGE plpgsql STABLE ROWS 100 AS $$
DECLARE
  words text[] := search_words(query);
  patterns text[] := search_patterns(words);
BEGIN
  IF words = '{}' THEN
    RETURN;
  ELSIF EXISTS (SELECT FROM unnest(words) AS word WHERE length(word) > 2) THEN
    RETURN QUERY
      SELECT e.*
        FROM search_entry e
       WHERE e.repository IS NULL
         AND e.norm LIKE patterns[1]
         AND e.norm LIKE ALL (patterns);
  ELSE
    RETURN QUERY
      SELECT e.*
        FROM search_entry e
       WHERE e.repository IS NULL
         AND search_grams(e.norm) @> words;
  END IF;
END $$;
COMMENT ON FUNCTION search_match(text) IS 'Services and teams that have every word of a query; none without words';
