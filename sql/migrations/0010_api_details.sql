-- SPDX-License-Identifier: Apache-2.0
-- What files of proto repositories say of themselves, and how much each revision
-- declares.
BEGIN;

-- Files that were stored before stay as they are, since only new ones are read.
ALTER TABLE proto_file ADD COLUMN document text;
COMMENT ON COLUMN proto_file.document IS 'Rendered ApiFileDocument; NULL = not known';
ALTER TABLE proto_file ALTER COLUMN document SET COMPRESSION lz4;
-- Who imports a file.
CREATE INDEX proto_file_imports ON proto_file USING gin (imports) WITH (gin_pending_list_limit = 256);

ALTER TABLE proto_revision ADD COLUMN counts_json text;
COMMENT ON COLUMN proto_revision.counts_json IS 'Rendered ApiCounts; NULL = not known';
UPDATE proto_revision v
   SET counts_json = r.counts_json
  FROM proto_repository r
 WHERE r.id = v.repository AND r.revision = v.number;

SELECT schema_register(10, 'api_details');
COMMIT;
