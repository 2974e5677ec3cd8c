-- SPDX-License-Identifier: Apache-2.0
-- proto_copy_blob.sql: takes the bytes of new files.
COPY blob (sha256, bytes) FROM STDIN;
