-- SPDX-License-Identifier: Apache-2.0
-- What files of proto repositories say of themselves, and how much each revision
-- declares.
BEGIN;

-- Who imports a file.
CREATE INDEX proto_file_imports ON proto_file USING gin (imports) WITH (gin_pending_list_limit = 256);

SELECT schema_register(9, 'api_details');
COMMIT;
