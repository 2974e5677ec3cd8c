-- SPDX-License-Identifier: Apache-2.0
-- proto_copy_reference.sql: takes which types new files name.
COPY proto_reference (file, kind, from_name, owner, to_name, line) FROM STDIN;
