-- SPDX-License-Identifier: Apache-2.0
-- Events of gRPC APIs are found by the services that they hit.
BEGIN;

CREATE INDEX event_hit ON event USING gin ((data->'services')) WITH (fastupdate = off) WHERE kind = 'api';

SELECT schema_register(12, 'events_that_hit');
COMMIT;
