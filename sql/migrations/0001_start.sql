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

CREATE TABLE instance (
  only_one   boolean     NOT NULL DEFAULT true,
  timeline   text        NOT NULL DEFAULT substr(md5(random()::text || clock_timestamp()::text), 1, 8),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT instance_pkey PRIMARY KEY (only_one),
  CONSTRAINT instance_one CHECK (only_one)
);
COMMENT ON TABLE instance IS 'One row: which database this is';
COMMENT ON COLUMN instance.only_one IS 'Always true';
COMMENT ON COLUMN instance.timeline IS 'Part of every event cursor; a restore from backup changes it, so that old cursors are refused';
COMMENT ON COLUMN instance.created_at IS 'When the database was made';
INSERT INTO instance DEFAULT VALUES;

SELECT schema_register(1, 'start');
COMMIT;
