-- SPDX-License-Identifier: Apache-2.0
-- The roles of an installation; run once per cluster by a superuser, before the
-- database is made with owner mdash_owner. Safe to repeat.
--
--   mdash_owner  owns the schema; only mdash-migrate uses it
--   mdash_app    services, ingest and the worker: reads and writes the catalogue
--   mdash_auth   auth and the account commands: the only reader of credentials
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mdash_owner', 'mdash_app', 'mdash_auth'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', name);
    END IF;
  END LOOP;
END $$;
