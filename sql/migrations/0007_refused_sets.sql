-- SPDX-License-Identifier: Apache-2.0
-- Descriptor sets that were refused stand among the failed publishes, without
-- their bytes: a set may have 256 MB, and nobody reads it.
BEGIN;

ALTER TABLE publish_failure
  ADD COLUMN repository text,
  ALTER COLUMN source_sha256 DROP NOT NULL,
  ADD CONSTRAINT publish_failure_one_kind
    CHECK (repository IS NULL OR service_id IS NULL AND source_sha256 IS NULL);
COMMENT ON COLUMN publish_failure.repository IS 'The proto repository whose descriptor set it was';
COMMENT ON COLUMN publish_failure.source_sha256 IS 'The text as received; NULL = a descriptor set';
COMMENT ON COLUMN publish_failure.attempts IS 'How often the same text arrived; of sets, one with the same faults';
COMMENT ON COLUMN publish_failure.resolved_at IS 'When a good publish of the service (of the publisher, for sets; of the repository, for descriptor sets) followed';
CREATE UNIQUE INDEX publish_failure_open_set ON publish_failure (coalesce(repository, ''), jsonb_hash_extended(faults, 0)) WHERE resolved_at IS NULL AND source_sha256 IS NULL;
CREATE INDEX publish_failure_repository ON publish_failure (repository) WHERE resolved_at IS NULL AND repository IS NOT NULL;

SELECT schema_register(7, 'refused_sets');
COMMIT;
