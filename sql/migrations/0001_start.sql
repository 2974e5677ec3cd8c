-- SPDX-License-Identifier: Apache-2.0
-- The register of migrations, and what the whole schema rests on.
BEGIN;

CREATE TABLE schema_migration (
  number     integer     NOT NULL,
  topic      text        NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT schema_migration_pkey PRIMARY KEY (number)
);
COMMENT ON TABLE schema_migration IS 'Migrations that were applied, in order; written by mdash-migrate';
COMMENT ON COLUMN schema_migration.number IS 'Number of the file';
COMMENT ON COLUMN schema_migration.topic IS 'Topic of the file';
COMMENT ON COLUMN schema_migration.applied_at IS 'When it was applied';

-- Registers a migration; fails when it is there or its predecessor is not.
CREATE FUNCTION schema_register(number integer, topic text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF number <> (SELECT coalesce(max(m.number), 0) + 1 FROM schema_migration m) THEN
    RAISE EXCEPTION 'migration % does not follow the last one applied', number;
  END IF;
  INSERT INTO schema_migration (number, topic) VALUES (number, topic);
END $$;

CREATE EXTENSION pg_trgm;

-- Short statements gain nothing from compiling them, and pay milliseconds.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
END $$;

-- The normal form for searching: width and case do not matter, and katakana is
-- read as hiragana where there is one; the long vowel mark stays.
CREATE FUNCTION search_norm(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(normalize(lower(normalize(value, NFKC)), NFKC),
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ',
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ')
$$;

-- Single characters and pairs of neighbours of a normal form, for the words
-- that are too short for trigrams. Repetitions do no harm: GIN drops them. So dear
-- that a letter which is nearly everywhere is not looked for without the index.
CREATE FUNCTION search_grams(norm text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
  one text[] := string_to_array(norm, NULL);
BEGIN
  RETURN one || ARRAY(
    SELECT pair.a || pair.b
      FROM unnest(one, one[2:]) AS pair (a, b)
     WHERE pair.a <> ' ' AND pair.b <> ' ');
END $$;

-- A sort key that puts the newest first in ascending order.
CREATE FUNCTION newest_first(moment timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lpad((9999999999999
    - (extract(epoch FROM moment AT TIME ZONE 'UTC') * 1000)::bigint)::text,
    13, '0')
$$;

CREATE TABLE instance (
  only_one   boolean     NOT NULL DEFAULT true,
  timeline   text        NOT NULL DEFAULT substr(md5(random()::text || clock_timestamp()::text), 1, 8),
  created_at timestamptz NOT NULL DEFAULT now(),
  pruned_xid xid8        NOT NULL DEFAULT '0',
  pruned_id  bigint      NOT NULL DEFAULT 0,
  CONSTRAINT instance_pkey PRIMARY KEY (only_one),
  CONSTRAINT instance_one CHECK (only_one)
);
COMMENT ON TABLE instance IS 'One row: which database this is';
COMMENT ON COLUMN instance.only_one IS 'Always true';
COMMENT ON COLUMN instance.timeline IS 'Part of every event cursor; a restore from backup changes it, so that old cursors are refused';
COMMENT ON COLUMN instance.created_at IS 'When the database was made';
COMMENT ON COLUMN instance.pruned_xid IS 'Cursor of the last event that was swept: older cursors are refused';
COMMENT ON COLUMN instance.pruned_id IS 'Cursor of the last event that was swept';
INSERT INTO instance DEFAULT VALUES;

SELECT schema_register(1, 'start');
COMMIT;
