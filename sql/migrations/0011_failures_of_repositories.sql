-- SPDX-License-Identifier: Apache-2.0
-- Failed publishes of one proto repository, newest first, mended ones included.
BEGIN;

DROP INDEX publish_failure_repository;
CREATE INDEX publish_failure_repository ON publish_failure (repository, last_at, id) WHERE repository IS NOT NULL;

SELECT schema_register(11, 'failures_of_repositories');
COMMIT;
