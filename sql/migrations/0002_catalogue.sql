-- SPDX-License-Identifier: Apache-2.0
-- Services, their versions, teams, failed and held publishes, search.
BEGIN;

-- The texts of a list in a spec; none when it is not there.
CREATE FUNCTION spec_texts(list jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF jsonb_typeof(list) IS DISTINCT FROM 'array' THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(SELECT jsonb_array_elements_text(list));
END $$;

-- What lists filter by and count: team:x corp:x tag:x lifecycle:x tier:n.
CREATE FUNCTION spec_facets(spec jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN array_remove(ARRAY[
      'team:' || coalesce(spec->>'teamName', '-'),
      'corp:' || (spec->>'corporation'),
      'lifecycle:' || coalesce(spec->>'lifecycle', 'unspecified'),
      'tier:' || (spec->>'tier')], NULL)
    || ARRAY(SELECT DISTINCT 'tag:' || tag
               FROM unnest(spec_texts(spec->'tags')) AS tag ORDER BY 1);
END $$;

CREATE TABLE blob (
  sha256     bytea       NOT NULL,
  bytes      bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT blob_pkey PRIMARY KEY (sha256),
  CONSTRAINT blob_sha256 CHECK (sha256 = sha256(bytes))
);
COMMENT ON TABLE blob IS 'Received bytes, stored once by content';
COMMENT ON COLUMN blob.sha256 IS 'SHA-256 of the bytes';
COMMENT ON COLUMN blob.bytes IS 'The bytes as received';
COMMENT ON COLUMN blob.created_at IS 'First received';

CREATE TABLE team (
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT team_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE team IS 'Owning teams: every name that a spec has ever given';
COMMENT ON COLUMN team.name IS 'teamName of the specs';
COMMENT ON COLUMN team.created_at IS 'First named';

CREATE TABLE service (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  service_id    text        NOT NULL,
  version_id    bigint,
  versions      integer     NOT NULL DEFAULT 0,
  team          text,
  tier          smallint,
  facet         text[]      NOT NULL DEFAULT '{}',
  publisher     text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  published_at  timestamptz NOT NULL DEFAULT now(),
  tombstoned_at timestamptz,
  list_json     text        NOT NULL DEFAULT '',
  detail_json   text        NOT NULL DEFAULT '',
  CONSTRAINT service_pkey PRIMARY KEY (id),
  CONSTRAINT service_service_id_key UNIQUE (service_id),
  CONSTRAINT service_team_fkey FOREIGN KEY (team) REFERENCES team (name),
  CONSTRAINT service_id_form CHECK (service_id ~ '^[a-z][a-z0-9-]{1,62}$')
) WITH (fillfactor = 80);
COMMENT ON TABLE service IS 'The catalogue as it is now: one row a service, with the rendered answers';
COMMENT ON COLUMN service.id IS 'Identity inside the database';
COMMENT ON COLUMN service.service_id IS 'serviceID, the identity outside; a service under another name is another service';
COMMENT ON COLUMN service.version_id IS 'The current version; the last one while tombstoned';
COMMENT ON COLUMN service.versions IS 'How many versions there are; the last number given out';
COMMENT ON COLUMN service.team IS 'Owning team of the current version';
COMMENT ON COLUMN service.tier IS 'Tier of the current version, a sort key';
COMMENT ON COLUMN service.facet IS 'What the list filters by: team:x corp:x tag:x lifecycle:x tier:n, all of the current version';
COMMENT ON COLUMN service.publisher IS 'Whose full set the service belongs to';
COMMENT ON COLUMN service.created_at IS 'First published';
COMMENT ON COLUMN service.published_at IS 'When the current version was received';
COMMENT ON COLUMN service.tombstoned_at IS 'Set while the publisher no longer declares the service';
COMMENT ON COLUMN service.list_json IS 'Rendered ServiceItem';
COMMENT ON COLUMN service.detail_json IS 'Rendered Service';
CREATE INDEX service_live_name ON service (service_id) WHERE tombstoned_at IS NULL;
CREATE INDEX service_live_updated ON service (newest_first(published_at), service_id) WHERE tombstoned_at IS NULL;
CREATE INDEX service_live_team ON service (coalesce('=' || team, '~'), service_id) WHERE tombstoned_at IS NULL;
CREATE INDEX service_live_tier ON service (coalesce(tier::text, '9'), service_id) WHERE tombstoned_at IS NULL;
CREATE INDEX service_tombstoned ON service (service_id) WHERE tombstoned_at IS NOT NULL;
-- Of an expression, or the planner takes it for equality, where it is slow.
CREATE INDEX service_nearest ON service USING gist (lower(service_id) gist_trgm_ops);
CREATE INDEX service_facet ON service USING gin (facet) WITH (fastupdate = off);
CREATE INDEX service_publisher ON service (publisher);
CREATE INDEX service_team ON service (team);

CREATE TABLE service_seen (
  service     bigint      NOT NULL,
  seen_at     timestamptz NOT NULL,
  sequence    bigint,
  commit      text,
  commit_time timestamptz,
  source      text        NOT NULL,
  CONSTRAINT service_seen_pkey PRIMARY KEY (service),
  CONSTRAINT service_seen_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE
) WITH (fillfactor = 70);
COMMENT ON TABLE service_seen IS 'Last publish of a service, the only row that an unchanged publish writes; an order of publishes begins with the service, a takeover or a forced publish';
COMMENT ON COLUMN service_seen.service IS 'The service';
COMMENT ON COLUMN service_seen.seen_at IS 'When its spec last arrived';
COMMENT ON COLUMN service_seen.sequence IS 'Highest sequence that arrived since the order began';
COMMENT ON COLUMN service_seen.commit IS 'Commit that the current content was last published from';
COMMENT ON COLUMN service_seen.commit_time IS 'Latest commit time that arrived since the order began';
COMMENT ON COLUMN service_seen.source IS 'Who publishes it: the publisher, else the principal';

CREATE TABLE service_alias (
  alias   text   NOT NULL,
  service bigint NOT NULL,
  CONSTRAINT service_alias_pkey PRIMARY KEY (alias, service),
  CONSTRAINT service_alias_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE
);
COMMENT ON TABLE service_alias IS 'Earlier ids of renamed services (previousServiceIDs)';
COMMENT ON COLUMN service_alias.alias IS 'The earlier id';
COMMENT ON COLUMN service_alias.service IS 'A service that says it was called so; there may be several';
CREATE INDEX service_alias_service ON service_alias (service);

CREATE TABLE service_version (
  id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  service        bigint      NOT NULL,
  number         integer     NOT NULL,
  spec           jsonb       NOT NULL,
  content_sha256 bytea       NOT NULL,
  source_sha256  bytea       NOT NULL,
  depends_on     text[]      NOT NULL GENERATED ALWAYS AS (spec_texts(spec->'dependsOn')) STORED,
  facet          text[]      NOT NULL GENERATED ALWAYS AS (spec_facets(spec)) STORED,
  changed        text[]      NOT NULL,
  sequence       bigint,
  commit         text,
  commit_time    timestamptz,
  branch         text,
  run_url        text,
  publisher      text,
  principal      text        NOT NULL,
  received_at    timestamptz NOT NULL DEFAULT now(),
  valid_from     timestamptz,
  valid_to       timestamptz,
  CONSTRAINT service_version_pkey PRIMARY KEY (id),
  CONSTRAINT service_version_number_key UNIQUE (service, number),
  CONSTRAINT service_version_service_fkey FOREIGN KEY (service) REFERENCES service (id) ON DELETE CASCADE,
  CONSTRAINT service_version_blob_fkey FOREIGN KEY (source_sha256) REFERENCES blob (sha256),
  CONSTRAINT service_version_valid CHECK (valid_to IS NULL OR valid_from <= valid_to)
);
COMMENT ON TABLE service_version IS 'Every spec that was accepted, also those that arrived too late to apply';
COMMENT ON COLUMN service_version.id IS 'Identity inside the database';
COMMENT ON COLUMN service_version.service IS 'The service';
COMMENT ON COLUMN service_version.number IS '1, 2, 3 … in order of arrival';
COMMENT ON COLUMN service_version.spec IS 'The spec, unknown keys included';
COMMENT ON COLUMN service_version.content_sha256 IS 'SHA-256 of its canonical JSON: what makes two versions the same';
COMMENT ON COLUMN service_version.source_sha256 IS 'The document as received';
COMMENT ON COLUMN service_version.depends_on IS 'dependsOn, for finding dependents';
COMMENT ON COLUMN service_version.facet IS 'Facets of the spec, for lists of an earlier time';
COMMENT ON COLUMN service_version.changed IS 'Paths that differ from the version that was current on arrival';
COMMENT ON COLUMN service_version.sequence IS 'Order key given by CI';
COMMENT ON COLUMN service_version.commit IS 'Commit given by CI';
COMMENT ON COLUMN service_version.commit_time IS 'Its time';
COMMENT ON COLUMN service_version.branch IS 'Branch given by CI';
COMMENT ON COLUMN service_version.run_url IS 'The CI run';
COMMENT ON COLUMN service_version.publisher IS 'Whose full set the service belonged to from then on';
COMMENT ON COLUMN service_version.principal IS 'Who published: user:NAME or token:NAME#ID';
COMMENT ON COLUMN service_version.received_at IS 'When it arrived';
COMMENT ON COLUMN service_version.valid_from IS 'From when it was the current version; NULL = never';
COMMENT ON COLUMN service_version.valid_to IS 'Until when; NULL = it still is';
CREATE INDEX service_version_commit ON service_version (service, commit) WHERE commit IS NOT NULL;
CREATE INDEX service_version_sequence ON service_version (service, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX service_version_source ON service_version (source_sha256);
CREATE INDEX service_version_depends ON service_version USING gin (depends_on) WITH (fastupdate = off) WHERE valid_from IS NOT NULL AND valid_to IS NULL;
CREATE INDEX service_version_depended ON service_version USING gin (depends_on) WITH (fastupdate = off) WHERE valid_from IS NOT NULL;
CREATE UNIQUE INDEX service_version_current ON service_version (service) WHERE valid_from IS NOT NULL AND valid_to IS NULL;
ALTER TABLE service ADD CONSTRAINT service_version_fkey FOREIGN KEY (version_id) REFERENCES service_version (id);

CREATE TABLE publish_failure (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  service_id    text,
  team          text,
  publisher     text,
  principal     text        NOT NULL,
  commit        text,
  run_url       text,
  source_sha256 bytea       NOT NULL,
  faults        jsonb       NOT NULL,
  fault_count   integer     NOT NULL,
  attempts      integer     NOT NULL DEFAULT 1,
  first_at      timestamptz NOT NULL DEFAULT now(),
  last_at       timestamptz NOT NULL DEFAULT now(),
  resolved_at   timestamptz,
  CONSTRAINT publish_failure_pkey PRIMARY KEY (id),
  CONSTRAINT publish_failure_blob_fkey FOREIGN KEY (source_sha256) REFERENCES blob (sha256)
);
COMMENT ON TABLE publish_failure IS 'Publishes that were refused, until a good one follows';
COMMENT ON COLUMN publish_failure.id IS 'Identity, also outside';
COMMENT ON COLUMN publish_failure.service_id IS 'The service it was for, where that could be told';
COMMENT ON COLUMN publish_failure.team IS 'Owner: of the current version, else as the refused spec says';
COMMENT ON COLUMN publish_failure.publisher IS 'Publisher named in the publish';
COMMENT ON COLUMN publish_failure.principal IS 'Who published';
COMMENT ON COLUMN publish_failure.commit IS 'Commit given by CI';
COMMENT ON COLUMN publish_failure.run_url IS 'The CI run';
COMMENT ON COLUMN publish_failure.source_sha256 IS 'The text as received';
COMMENT ON COLUMN publish_failure.faults IS 'What was wrong: array of Fault, 100 at most';
COMMENT ON COLUMN publish_failure.fault_count IS 'How many faults there were';
COMMENT ON COLUMN publish_failure.attempts IS 'How often the same text arrived';
COMMENT ON COLUMN publish_failure.first_at IS 'First arrival';
COMMENT ON COLUMN publish_failure.last_at IS 'Last arrival';
COMMENT ON COLUMN publish_failure.resolved_at IS 'When a good publish of the service (of the publisher, for sets) followed';
CREATE UNIQUE INDEX publish_failure_open ON publish_failure (coalesce(service_id, ''), coalesce(publisher, ''), source_sha256) WHERE resolved_at IS NULL;
CREATE INDEX publish_failure_open_recent ON publish_failure (last_at, id) WHERE resolved_at IS NULL;
CREATE INDEX publish_failure_recent ON publish_failure (last_at, id);
CREATE INDEX publish_failure_service ON publish_failure (service_id, last_at, id);
CREATE INDEX publish_failure_resolved ON publish_failure (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX publish_failure_source ON publish_failure (source_sha256);

CREATE TABLE publish_hold (
  publisher   text        NOT NULL,
  missing     text[]      NOT NULL,
  of_count    integer     NOT NULL,
  principal   text        NOT NULL,
  sequence    bigint,
  commit      text,
  commit_time timestamptz,
  run_url     text,
  held_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT publish_hold_pkey PRIMARY KEY (publisher)
);
COMMENT ON TABLE publish_hold IS 'Deletions that wait for approval: one per publisher, replaced or dropped by its next full set';
COMMENT ON COLUMN publish_hold.publisher IS 'The publisher';
COMMENT ON COLUMN publish_hold.missing IS 'Services its set left out, by service_id';
COMMENT ON COLUMN publish_hold.of_count IS 'How many services it had';
COMMENT ON COLUMN publish_hold.principal IS 'Who published the set';
COMMENT ON COLUMN publish_hold.sequence IS 'Order key given by CI';
COMMENT ON COLUMN publish_hold.commit IS 'Commit given by CI';
COMMENT ON COLUMN publish_hold.commit_time IS 'Its time';
COMMENT ON COLUMN publish_hold.run_url IS 'The CI run';
COMMENT ON COLUMN publish_hold.held_at IS 'When it arrived';

CREATE TABLE search_entry (
  kind       text     NOT NULL,
  key        text     NOT NULL,
  title      text     NOT NULL,
  detail     text     NOT NULL,
  team       text,
  weight     smallint NOT NULL DEFAULT 0,
  hidden     boolean  NOT NULL DEFAULT false,
  title_norm text     NOT NULL,
  norm       text     NOT NULL,
  CONSTRAINT search_entry_pkey PRIMARY KEY (kind, key)
);
COMMENT ON TABLE search_entry IS 'Everything that search finds, written in the transaction of the change';
COMMENT ON COLUMN search_entry.kind IS 'service, team';
COMMENT ON COLUMN search_entry.key IS 'Its key in the URL';
COMMENT ON COLUMN search_entry.title IS 'First line of a hit';
COMMENT ON COLUMN search_entry.detail IS 'Second line of a hit';
COMMENT ON COLUMN search_entry.team IS 'Owning team';
COMMENT ON COLUMN search_entry.weight IS 'Higher comes first among equal hits';
COMMENT ON COLUMN search_entry.hidden IS 'No longer in the catalogue: only lists that ask for it find it';
COMMENT ON COLUMN search_entry.title_norm IS 'Normal form of the title';
COMMENT ON COLUMN search_entry.norm IS 'Normal form of all that can be found: NFKC, lower case, katakana as hiragana';
CREATE INDEX search_entry_trigram ON search_entry USING gin (norm gin_trgm_ops) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_entry_grams ON search_entry USING gin (search_grams(norm)) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_entry_title ON search_entry (title_norm text_pattern_ops);

-- What one spec of a publish means, decided before anything is written.
CREATE TYPE publish_item AS (
  service_id     text,
  spec           jsonb,
  content_sha256 bytea,
  source         text,
  source_sha256  bytea,
  service        bigint,
  version_id     bigint,
  owner          text,
  publisher      text,
  result         text,
  number         integer,
  repeated       boolean,
  changes        jsonb,
  denied         jsonb,
  foreign_one    boolean,
  clash          boolean,
  newer          integer
);
COMMENT ON TYPE publish_item IS 'Plan for one spec: result created, updated, unchanged, superseded or restored; repeated = already stored; denied = who could; newer: -1, 0, 1 as publish_order(), 2 = the order begins anew';

SELECT schema_register(2, 'catalogue');
COMMIT;
